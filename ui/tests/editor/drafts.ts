/** Drafts to look at: usual, empty, crowded, half done. */
import type { Capabilities, Document, Draft, Field, Recipient } from "../../src/host/bindings";

export const capabilities: Capabilities = {
  largestDocument: 20_000_000,
  identityChecks: ["email_code", "sms_code", "none"],
  phoneRequired: false,
  approvers: true,
  observers: true,
  attachments: true,
  textFields: true,
  mentions: true,
  reminders: true,
  longestText: 255,
  smallestText: 6,
  largestText: 20,
  smallestSignature: { w: 85, h: 37 },
  proof: true,
  wholePoints: true,
};

export function document(id: string, name: string, pages: number, by: Partial<Document> = {}) {
  const made: Document = {
    id,
    name,
    purpose: "to_sign",
    bytes: 120_000,
    signedBefore: false,
    cautions: [],
    pages: Array.from({ length: pages }, (_, index) => ({
      id: `${id}-p${index + 1}`,
      blob: "ab".repeat(32),
      index,
      geometry: {
        visible: { llx: 0, lly: 0, urx: 595.28, ury: 841.89 },
        rotation: index % 7 === 4 ? "quarter" : "none",
        user_unit: 1,
      },
    })),
    ...by,
  };
  return made;
}

export function person(
  id: string,
  firstName: string,
  lastName: string,
  by: Partial<Recipient> = {},
) {
  const made: Recipient = {
    id,
    firstName,
    lastName,
    email: `${firstName}.${lastName}@example.org`.toLowerCase().replaceAll(" ", "-"),
    phone: "",
    role: "signer",
    identityCheck: "email_code",
    colour: 0,
    ...by,
  };
  return made;
}

function sign(id: string, page: string, recipient: string, x: number, y: number): Field {
  return {
    id,
    page,
    recipient,
    rect: { x, y, w: 180, h: 60 },
    kind: { type: "signature", mentionAbove: "", mentionBelow: "" },
  };
}

const invitation: Draft["invitation"] = {
  language: "french",
  subject: "",
  message: "",
  deadline: null,
  reminders: null,
};

export const empty: Draft = {
  id: "d1",
  revision: 0,
  title: "",
  account: "acc-test",
  documents: [],
  recipients: [],
  fields: [],
  invitation,
  ordered: false,
  folder: null,
};

export const usual: Draft = {
  ...empty,
  title: "Bail commercial – 14 rue des Carmes",
  documents: [
    document("lease", "Bail commercial", 24),
    document("annex", "Annexe 1 – état des lieux", 9, { purpose: "attachment" }),
  ],
  recipients: [
    person("ada", "Ada", "Martin"),
    person("grace", "Grace", "O’Connor", {
      colour: 1,
      identityCheck: "sms_code",
      phone: "06 12 34 56 78",
    }),
    person("noah", "Noah", "Weiss", { colour: 2, role: "observer" }),
  ],
  fields: [
    sign("f1", "lease-p1", "ada", 60, 640),
    sign("f2", "lease-p1", "grace", 340, 640),
    {
      id: "f3",
      page: "lease-p1",
      recipient: "ada",
      rect: { x: 60, y: 590, w: 200, h: 24 },
      kind: { type: "text", content: "Lu et approuvé", required: true, fontSize: 11 },
    },
    sign("f4", "lease-p2", "ada", 60, 200),
  ],
  ordered: true,
  invitation: { ...invitation, deadline: "2027-03-12" },
};

export const crowded: Draft = {
  ...usual,
  title:
    "Avenant n° 3 au contrat de maintenance des installations de chauffage, ventilation et climatisation du siège social",
  documents: [
    document(
      "a",
      "Avenant n° 3 au contrat de maintenance des installations de chauffage et de climatisation",
      300,
    ),
    document("b", "Conditions générales", 12, { signedBefore: true, cautions: [] }),
    document("c", "Plan de prévention", 3, { purpose: "attachment" }),
  ],
  recipients: [
    person("p1", "Jean-Baptiste", "de la Rochefoucauld-Montmorency"),
    person("p2", "Παναγιώτης", "Δημητρίου", { colour: 1, email: "p@example.org" }),
    person("p3", "Şükran", "Yılmaz", { colour: 2, role: "approver" }),
    person("p4", "Ada", "Martin", {
      colour: 3,
      email: "ada.martin@une-adresse-vraiment-tres-longue.example.org",
    }),
    person("p5", "", "", { colour: 4, email: "" }),
    person("p6", "Noah", "Weiss", { colour: 5, email: "noah@" }),
    person("p7", "Grace", "O’Connor", { colour: 6, identityCheck: "none" }),
    person("p8", "Marie", "Lefèvre", { colour: 7, role: "observer" }),
    person("p9", "Camille", "Durand", { colour: 0 }),
  ],
  fields: Array.from({ length: 300 }, (_, index) =>
    sign(
      `f${index}`,
      `a-p${index + 1}`,
      `p${[1, 2, 4, 6, 7, 9][index % 6]}`,
      40 + (index % 3) * 180,
      760 - (index % 5) * 130,
    ),
  ),
};

export const long: Draft = {
  ...usual,
  title: "Dossier complet",
  documents: [document("lease", "Dossier complet", 1000)],
};
