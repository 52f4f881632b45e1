/** Where each problem is mended. */
import type {
  DocumentId,
  FieldId,
  PageId,
  Problem,
  ProblemView,
  RecipientId,
} from "../../../host/bindings";

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
    case "may_look_different":
      return { at: "document", document: problem.document };
    case "no_signer":
      return { at: "people" };
    case "name_missing":
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
      return { at: "page", document: problem.document, page: problem.page };
    case "field_off_page":
    case "field_too_small":
    case "field_of_non_signer":
    case "field_on_attachment":
    case "text_fields_unsupported":
    case "text_too_long":
      return { at: "field", field: problem.field };
    case "deadline_passed":
      return { at: "deadline" };
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
