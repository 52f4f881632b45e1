/** What a clerk's gestures become: one edit each, with the catalogue key that names it in Undo. */
import type {
  Capabilities,
  Document,
  Draft,
  DraftEdit,
  Field,
  FieldKind,
  Invitation,
  PersonSuggestion,
  Purpose,
  Recipient,
  Role,
  Size,
} from "../../../host/bindings";
import { personColours } from "../../../shared/people";
import {
  DEFAULT_INITIALS,
  DEFAULT_SIGNATURE,
  DEFAULT_TEXT,
  SMALLEST_FIELD,
  tidy,
} from "./geometry";

/** Steps of several fields, which Undo names with their number. */
export const STEPS_OF_SEVERAL = [
  "editor_step_move_fields",
  "editor_step_resize_fields",
  "editor_step_duplicate_fields",
  "editor_step_delete_fields",
  "editor_step_reassign_fields",
  "editor_step_align_fields",
  "editor_step_repeat_fields",
  "editor_step_apply_fields",
  "editor_step_initial_pages",
  "editor_step_remove_initials",
  "editor_step_accept_suggestions",
] as const;
export type StepOfSeveral = (typeof STEPS_OF_SEVERAL)[number];

/** Every other step that Undo can name. The catalogue has one sentence for each. */
export const STEPS = [
  "editor_step_place_signature",
  "editor_step_place_block",
  "editor_step_place_initials",
  "editor_step_place_text",
  "editor_step_accept_suggestion",
  "editor_step_move_field",
  "editor_step_resize_field",
  "editor_step_duplicate_field",
  "editor_step_delete_field",
  "editor_step_change_field",
  "editor_step_reassign_field",
  "editor_step_add_document",
  "editor_step_replace_document",
  "editor_step_remove_document",
  "editor_step_move_document",
  "editor_step_rename_document",
  "editor_step_change_purpose",
  "editor_step_add_person",
  "editor_step_change_person",
  "editor_step_change_role",
  "editor_step_change_identity",
  "editor_step_move_person",
  "editor_step_remove_person",
  "editor_step_change_order",
  "editor_step_rename_request",
  "editor_step_change_message",
  "editor_step_change_deadline",
  "editor_step_change_reminders",
  "editor_step_change_language",
  "editor_step_change_folder",
  "editor_step_change_account",
] as const;
export type Step = (typeof STEPS)[number];

export type NamedEdit = { edit: DraftEdit; label: Step | `${StepOfSeveral} ${number}` };

export type FieldType = FieldKind["type"];
/** What the palette has: every type of field, and a signature with name and date. */
export type Tool = FieldType | "block";

const DEFAULT_FONT_SIZE = 11;

export function newId(): string {
  return crypto.randomUUID();
}

export function newKind(type: FieldType): FieldKind {
  switch (type) {
    case "signature":
      return { type, mentionAbove: "", mentionBelow: "" };
    case "initials":
      return { type };
    case "text":
      return { type, content: "", required: true, fontSize: DEFAULT_FONT_SIZE, formula: "" };
  }
}

const USUAL_SIZES: Record<FieldType, Size> = {
  signature: DEFAULT_SIGNATURE,
  initials: DEFAULT_INITIALS,
  text: DEFAULT_TEXT,
};
const STEPS_OF_PLACING: Record<Tool, Step> = {
  block: "editor_step_place_block",
  signature: "editor_step_place_signature",
  initials: "editor_step_place_initials",
  text: "editor_step_place_text",
};

/** The size at which a field of this type is placed: usual, but never below the provider's least. */
export function newSize(type: FieldType, capabilities: Capabilities | null): Size {
  const usual = USUAL_SIZES[type];
  const least = leastSize(type, capabilities);
  return { w: Math.max(usual.w, least.w), h: Math.max(usual.h, least.h) };
}

/** How small a field may be made. */
export function leastSize(type: FieldType, capabilities: Capabilities | null): Size {
  const least = type === "text" ? undefined : capabilities?.smallestSignature;
  return {
    w: Math.max(SMALLEST_FIELD.w, least?.w ?? 0),
    h: Math.max(SMALLEST_FIELD.h, least?.h ?? 0),
  };
}

export function placeField(draft: Draft, field: Field, tool: Tool = field.kind.type): NamedEdit {
  return {
    edit: { edit: "insert_field", field: tidied(field), at: draft.fields.length },
    label: STEPS_OF_PLACING[tool],
  };
}

/** A new person signs, proves who they are by e-mail, and has the first colour nobody has. */
export function newRecipient(
  draft: Draft,
  known: Partial<PersonSuggestion>,
  capabilities: Capabilities | null,
): Recipient {
  const offered = capabilities?.identityChecks ?? ["email_code"];
  return {
    id: newId(),
    firstName: known.firstName ?? "",
    lastName: known.lastName ?? "",
    email: known.email ?? "",
    phone: known.phone ?? "",
    role: "signer",
    // Never "none" by itself: whoever holds the link could sign.
    identityCheck:
      offered.includes("email_code") || !offered.includes("sms_code") ? "email_code" : "sms_code",
    colour: freeColour(draft.recipients),
  };
}

export function freeColour(people: Recipient[]): number {
  const uses = Array.from(
    { length: personColours },
    (_, colour) => people.filter((person) => person.colour % personColours === colour).length,
  );
  return uses.indexOf(Math.min(...uses));
}

export function addPerson(draft: Draft, recipient: Recipient): NamedEdit {
  return {
    edit: { edit: "insert_recipient", recipient, at: draft.recipients.length },
    label: "editor_step_add_person",
  };
}

export function changePerson(before: Recipient, by: Partial<Recipient>): NamedEdit | null {
  const recipient = { ...before, ...by };
  const keys = Object.keys(by) as (keyof Recipient)[];
  if (keys.every((key) => before[key] === recipient[key])) return null;
  const label = keys.includes("role")
    ? "editor_step_change_role"
    : keys.includes("identityCheck")
      ? "editor_step_change_identity"
      : "editor_step_change_person";
  return { edit: { edit: "update_recipient", recipient }, label };
}

export function movePerson(draft: Draft, recipient: string, to: number): NamedEdit | null {
  const from = draft.recipients.findIndex((person) => person.id === recipient);
  const place = Math.max(0, Math.min(to, draft.recipients.length - 1));
  if (from < 0 || from === place) return null;
  return {
    edit: { edit: "move_recipient", recipient, to: place },
    label: "editor_step_move_person",
  };
}

export function removePerson(recipient: string): NamedEdit {
  return { edit: { edit: "remove_recipient", recipient }, label: "editor_step_remove_person" };
}

export function moveDocument(draft: Draft, document: string, to: number): NamedEdit | null {
  const from = draft.documents.findIndex((candidate) => candidate.id === document);
  const place = Math.max(0, Math.min(to, draft.documents.length - 1));
  if (from < 0 || from === place) return null;
  return {
    edit: { edit: "move_document", document, to: place },
    label: "editor_step_move_document",
  };
}

export function renameDocument(document: Document, name: string): NamedEdit | null {
  const kept = name.trim();
  if (kept === "" || kept === document.name) return null;
  return {
    edit: { edit: "rename_document", document: document.id, name: kept },
    label: "editor_step_rename_document",
  };
}

export function setPurpose(document: string, purpose: Purpose): NamedEdit {
  return {
    edit: { edit: "set_purpose", document, purpose },
    label: "editor_step_change_purpose",
  };
}

export function removeDocument(document: string): NamedEdit {
  return { edit: { edit: "remove_document", document }, label: "editor_step_remove_document" };
}

export function setInvitation(before: Invitation, by: Partial<Invitation>): NamedEdit {
  const label =
    "deadline" in by
      ? "editor_step_change_deadline"
      : "reminders" in by
        ? "editor_step_change_reminders"
        : "language" in by
          ? "editor_step_change_language"
          : "editor_step_change_message";
  return { edit: { edit: "set_invitation", invitation: { ...before, ...by } }, label };
}

/** Roles that the account's provider has; without an account nothing is ruled out yet. */
export function rolesOffered(capabilities: Capabilities | null): Role[] {
  const roles: Role[] = ["signer"];
  if (capabilities?.approvers ?? true) roles.push("approver");
  if (capabilities?.observers ?? true) roles.push("observer");
  return roles;
}

function tidied(field: Field): Field {
  return { ...field, rect: tidy(field.rect) };
}
