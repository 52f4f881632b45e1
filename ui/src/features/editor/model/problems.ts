/** Where each problem is mended. */
import type {
  DocumentId,
  Draft,
  FieldId,
  PageId,
  Problem,
  ProblemView,
  RecipientId,
  Rect,
} from "../../../host/bindings";
import { m } from "../../../messages";
import { identityCheckName } from "../../../shared/words";
import type { NamedEdit } from "./edits";

export type PersonInput = "name" | "email" | "phone" | "role" | "identity";

/** A place of the editor that can be brought into view and given the focus. */
export type FocusTarget =
  | { at: "account" }
  | { at: "title" }
  | { at: "documents" }
  | { at: "document"; document: DocumentId }
  | { at: "people" }
  | { at: "person"; recipient: RecipientId; input: PersonInput }
  | { at: "palette"; recipient: RecipientId | null }
  | { at: "page"; document: DocumentId; page?: PageId }
  | { at: "place"; page: PageId; rect: Rect }
  | { at: "field"; field: FieldId }
  | { at: "deadline" };

export function placeOf(problem: Problem): FocusTarget {
  switch (problem.problem) {
    case "no_account":
      return { at: "account" };
    case "no_title":
      return { at: "title" };
    case "no_document":
    case "nothing_to_sign":
      return { at: "documents" };
    case "attachments_unsupported":
    case "document_too_large":
    case "not_straightened":
    case "signed_before":
    case "may_look_different":
      return { at: "document", document: problem.document };
    case "no_signer":
      return { at: "people" };
    case "name_missing":
    case "name_not_in_words":
      return { at: "person", recipient: problem.recipient, input: "name" };
    case "email_missing":
    case "email_malformed":
    case "email_twice":
      return { at: "person", recipient: problem.recipient, input: "email" };
    case "phone_missing":
    case "phone_malformed":
      return { at: "person", recipient: problem.recipient, input: "phone" };
    case "role_unsupported":
      return { at: "person", recipient: problem.recipient, input: "role" };
    case "identity_check_unsupported":
      return { at: "person", recipient: problem.recipient, input: "identity" };
    case "no_signature_field":
      return { at: "palette", recipient: problem.recipient };
    case "document_not_signed":
      return { at: "page", document: problem.document };
    case "pages_unreadable":
    case "straightened":
      return { at: "page", document: problem.document, page: problem.page };
    case "field_off_page":
    case "field_too_small":
    case "field_of_non_signer":
    case "field_on_attachment":
    case "text_fields_unsupported":
    case "text_too_long":
    case "field_over_words":
      return { at: "field", field: problem.field };
    case "dates_empty":
      return { at: "place", page: problem.page, rect: problem.place };
    case "deadline_passed":
      return { at: "deadline" };
  }
}

/** Whether what it is about is still in the draft; what was told apart from it may be older. */
export function isStillThere(problem: Problem, draft: Draft): boolean {
  const { documents, fields, recipients } = draft;
  const place = placeOf(problem);
  switch (place.at) {
    case "field":
      return fields.some(({ id }) => id === place.field);
    case "person":
      return recipients.some(({ id }) => id === place.recipient);
    case "place":
      return documents.some(({ pages }) => pages.some(({ id }) => id === place.page));
    default:
      return true;
  }
}

/** What a button that mends it says, and the step it takes; null where somebody has to decide. */
export function mendOf(
  { problem, mend }: ProblemView,
  draft: Draft,
): { name: string; edit: NamedEdit } | null {
  if (!mend) return null;
  const step = (name: string, label: NamedEdit["label"]) => ({ name, edit: { edit: mend, label } });
  switch (problem.problem) {
    case "no_title":
      return step(
        m.editor_mend_title({ title: draft.documents[0]?.name ?? "" }),
        "editor_step_rename_request",
      );
    case "field_on_attachment":
      return step(m.editor_mend_to_sign(), "editor_step_change_purpose");
    case "document_not_signed":
      return step(m.editor_mend_attach(), "editor_step_change_purpose");
    case "identity_check_unsupported":
      return mend.edit === "update_recipient"
        ? step(
            m.editor_mend_identity({ check: identityCheckName(mend.recipient.identityCheck) }),
            "editor_step_change_identity",
          )
        : null;
    case "field_off_page":
      return step(m.editor_mend_onto_page(), "editor_step_move_field");
    case "field_too_small":
      return step(m.editor_mend_enlarge(), "editor_step_resize_field");
    case "field_of_non_signer":
    case "text_fields_unsupported":
      return step(m.editor_mend_remove_field(), "editor_step_delete_field");
    case "deadline_passed":
      return step(m.editor_mend_deadline(), "editor_step_change_deadline");
    default:
      return null;
  }
}

export function ofPerson(problems: ProblemView[], recipient: RecipientId): ProblemView[] {
  return problems.filter(
    ({ problem }) => "recipient" in problem && problem.recipient === recipient,
  );
}

export function ofDocument(problems: ProblemView[], document: DocumentId): ProblemView[] {
  return problems.filter(({ problem }) => "document" in problem && problem.document === document);
}

export function ofField(problems: ProblemView[], field: FieldId): ProblemView[] {
  return problems.filter(({ problem }) => "field" in problem && problem.field === field);
}

/** The input beside which a problem of a person is shown. */
export function inputOf(problem: Problem): PersonInput | null {
  const place = placeOf(problem);
  return place.at === "person" ? place.input : null;
}

export function deadlineProblem(problems: ProblemView[]): boolean {
  return problems.some(({ problem }) => problem.problem === "deadline_passed");
}
