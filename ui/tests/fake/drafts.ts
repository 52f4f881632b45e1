import type {
  AccountView,
  Capabilities,
  Draft,
  DraftRow,
  DraftView,
  MailPreview,
  ReviewView,
} from "../../src/host/bindings";
import { dayFromNow, daysAgo, hoursAgo, minutesAgo, personAddress, personName } from "./people";

export const rows: DraftRow[] = [
  {
    id: "d1",
    title: "Bail commercial – 14 rue des Carmes",
    documents: ["Bail commercial", "Annexe 1 – état des lieux"],
    people: [personName(1), personName(2)],
    updatedAt: minutesAgo(4),
    state: "editing",
  },
  {
    id: "d2",
    title: "",
    documents: ["scan_2026-11-20_0042"],
    people: [],
    updatedAt: hoursAgo(3),
    state: "editing",
  },
  {
    id: "d3",
    title:
      "Avenant n° 3 au contrat de maintenance des installations de chauffage, ventilation et climatisation du siège social",
    documents: ["Avenant 3", "Conditions générales", "Grille tarifaire", "Plan de prévention"],
    people: [personName(3), personName(4), personName(5), personName(6)],
    updatedAt: daysAgo(2),
    state: "editing",
  },
  {
    id: "d4",
    title: "Mandat de vente Dupont",
    documents: ["Mandat"],
    people: [personName(5)],
    updatedAt: daysAgo(6),
    state: "sending",
  },
];

const capabilities: Capabilities = {
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

export const draft: Draft = {
  id: "d1",
  revision: 7,
  title: "Bail commercial – 14 rue des Carmes",
  account: "acc-test",
  documents: [],
  recipients: [
    {
      id: "r1",
      firstName: "Ada",
      lastName: "Martin",
      email: personAddress(1),
      phone: "",
      role: "signer",
      identityCheck: "email_code",
      colour: 0,
    },
    {
      id: "r2",
      firstName: "Grace",
      lastName: "O’Connor",
      email: personAddress(2),
      phone: "06 12 34 56 78",
      role: "signer",
      identityCheck: "sms_code",
      colour: 1,
    },
  ],
  fields: [],
  invitation: {
    language: "french",
    subject: "",
    message: "",
    deadline: dayFromNow(14),
    reminders: null,
  },
  ordered: true,
  folder: null,
};

export function draftView(account: AccountView | null): DraftView {
  return {
    draft: { ...draft, account: account?.id ?? null },
    state: "editing",
    account,
    capabilities: account ? capabilities : null,
    fieldDefaults: [],
    problems: [],
    phones: [],
    undo: null,
    redo: null,
    sending: null,
  };
}

const mails: MailPreview[] = [
  {
    when: "invitation",
    to: [personName(1), personName(2)],
    subject: "Marie Lefèvre vous invite à signer « Bail commercial – 14 rue des Carmes »",
    message:
      "Bonjour,\n\nMarie Lefèvre vous invite à signer « Bail commercial – 14 rue des Carmes » par voie électronique. Lisez le document, puis signez-le avec le bouton ci-dessous.\n\nVous pouvez signer jusqu’au 6 décembre 2026 inclus.",
    button: "Lire et signer",
  },
  {
    when: "reminder",
    to: [personName(1), personName(2)],
    subject: "Rappel : « Bail commercial – 14 rue des Carmes » attend votre signature",
    message: "Bonjour,\n\n« Bail commercial » attend toujours votre signature.",
    button: "Lire et signer",
  },
  {
    when: "completed",
    to: [personName(1), personName(2), personName(0)],
    subject: "« Bail commercial – 14 rue des Carmes » a été signé par tous",
    message: "Bonjour,\n\nTout le monde a signé.",
    button: "Ouvrir les documents",
  },
  {
    when: "declined",
    to: [personName(1), personName(2), personName(0)],
    subject: "« Bail commercial – 14 rue des Carmes » a été refusé",
    message: "Bonjour,\n\nQuelqu’un a refusé de signer.",
    button: null,
  },
];

export function review(account: AccountView | null, incomplete: boolean): ReviewView {
  return {
    revision: 7,
    account,
    problems: incomplete
      ? [
          { problem: { problem: "no_signature_field", recipient: "r2" }, blocks: true, mend: null },
          { problem: { problem: "phone_malformed", recipient: "r2" }, blocks: true, mend: null },
          {
            problem: { problem: "email_twice", recipient: "r2", other: "r1" },
            blocks: false,
            mend: null,
          },
        ]
      : [],
    people: [
      {
        id: "r1",
        name: personName(1),
        email: personAddress(1),
        phone: null,
        role: "signer",
        identityCheck: "email_code",
        colour: 0,
        signatures: 2,
        initials: 3,
        texts: 1,
      },
      {
        id: "r2",
        name: personName(2),
        email: personAddress(2),
        phone: "+33612345678",
        role: "signer",
        identityCheck: "sms_code",
        colour: 1,
        signatures: incomplete ? 0 : 1,
        initials: 0,
        texts: 0,
      },
      {
        id: "r3",
        name: personName(0),
        email: personAddress(0),
        phone: null,
        role: "observer",
        identityCheck: null,
        colour: 2,
        signatures: 0,
        initials: 0,
        texts: 0,
      },
    ],
    documents: [
      { name: "Bail commercial", purpose: "to_sign", pages: 24, bytes: 1_840_000 },
      { name: "Annexe 1 – état des lieux", purpose: "attachment", pages: 9, bytes: 6_200_000 },
    ],
    mails,
    fromName: "Marie Lefèvre",
    reminders: { everyDays: 3, atMost: 5 },
    deadline: dayFromNow(14),
    ordered: true,
    undoSeconds: 15,
    straightened: ["Annexe 1 – état des lieux"],
    correction: null,
  };
}
