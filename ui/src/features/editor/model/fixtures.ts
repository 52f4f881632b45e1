/** Drafts for tests. */
import type { Draft, DraftView, Field, Page, Recipient, Rect } from "../../../host/bindings";

export function page(id: string, w = 595, h = 842): Page {
  return {
    id,
    blob: "b".repeat(64),
    index: 0,
    geometry: { visible: { llx: 0, lly: 0, urx: w, ury: h }, rotation: "none", user_unit: 1 },
  };
}

export function person(id: string, by: Partial<Recipient> = {}): Recipient {
  return {
    id,
    firstName: "Ada",
    lastName: "Martin",
    email: `${id}@example.org`,
    phone: "",
    role: "signer",
    identityCheck: "email_code",
    colour: 0,
    ...by,
  };
}

export function signature(id: string, on: string, rect: Rect, recipient = "ada"): Field {
  return {
    id,
    page: on,
    recipient,
    rect,
    kind: { type: "signature", mentionAbove: "", mentionBelow: "" },
  };
}

export function draft(by: Partial<Draft> = {}): Draft {
  return {
    id: "draft",
    revision: 0,
    title: "Lease",
    account: null,
    documents: [
      {
        id: "lease",
        name: "Lease",
        purpose: "to_sign",
        pages: [page("p1"), page("p2"), page("p3", 842, 595)],
        bytes: 1000,
        signedBefore: false,
        cautions: [],
      },
    ],
    recipients: [person("ada")],
    fields: [],
    invitation: { language: "english", subject: "", message: "", deadline: null, reminders: null },
    ordered: false,
    folder: null,
    ...by,
  };
}

export function view(of: Draft = draft(), by: Partial<DraftView> = {}): DraftView {
  return {
    draft: of,
    state: "editing",
    account: null,
    capabilities: null,
    fieldDefaults: [],
    problems: [],
    phones: [],
    undo: null,
    redo: null,
    sending: null,
    ...by,
  };
}
