/** What is missing in a draft, in words. */
import type { Caution, Draft, DocumentId, FieldId, Problem, RecipientId } from "../host/bindings";
import { m, plural } from "../messages";
import { bytes } from "./format";

const cautions = {
  portfolio: m.problem_portfolio,
  scripts: m.problem_scripts,
  media: m.problem_media,
  xfa: m.problem_xfa,
  unprotected: m.problem_unprotected,
} satisfies Record<Caution, (of: { document: string }) => string>;

export function problemSentence(problem: Problem, draft: Draft): string {
  const person = (id: RecipientId) => ({ person: personName(id, draft) });
  const owner = (id: FieldId) =>
    person(draft.fields.find((field) => field.id === id)?.recipient ?? "");
  const document = (id: DocumentId) => ({
    document: draft.documents.find((each) => each.id === id)?.name ?? m.problem_document_nameless(),
  });

  type OnPages = { document: DocumentId; number: number; count: number };
  type Values = { document: string; page: number };
  const onPages = (
    { document: id, number, count }: OnPages,
    one: (values: Values) => string,
    other: (values: Values & { count: number }) => string,
  ) => {
    const values = { ...document(id), page: number };
    return plural(
      count,
      () => one(values),
      () => other({ ...values, count }),
    );
  };

  switch (problem.problem) {
    case "no_account":
      return m.problem_no_account();
    case "no_title":
      return m.problem_no_title();
    case "no_document":
      return m.problem_no_document();
    case "nothing_to_sign":
      return m.problem_nothing_to_sign();
    case "attachments_unsupported":
      return m.problem_attachments_unsupported(document(problem.document));
    case "document_too_large":
      return m.problem_document_too_large({
        ...document(problem.document),
        size: bytes(problem.bytes),
        limit: bytes(problem.limit),
      });
    case "pages_unreadable":
      return onPages(problem, m.problem_pages_unreadable_one, m.problem_pages_unreadable_other);
    case "straightened":
      return onPages(problem, m.problem_straightened_one, m.problem_straightened_other);
    case "signed_before":
      return m.problem_signed_before(document(problem.document));
    case "not_straightened":
      return m.problem_not_straightened(document(problem.document));
    case "may_look_different":
      return cautions[problem.caution](document(problem.document));
    case "no_signer":
      return m.problem_no_signer();
    case "name_missing":
      return m.problem_name_missing(person(problem.recipient));
    case "email_missing":
      return m.problem_email_missing(person(problem.recipient));
    case "email_malformed":
      return m.problem_email_malformed(person(problem.recipient));
    case "email_twice":
      return m.problem_email_twice({
        ...person(problem.recipient),
        other: personName(problem.other, draft),
      });
    case "phone_missing":
      return m.problem_phone_missing(person(problem.recipient));
    case "phone_malformed":
      return m.problem_phone_malformed(person(problem.recipient));
    case "role_unsupported":
      return m.problem_role_unsupported(person(problem.recipient));
    case "identity_check_unsupported":
      return m.problem_identity_check_unsupported(person(problem.recipient));
    case "no_signature_field":
      return m.problem_no_signature_field(person(problem.recipient));
    case "document_not_signed":
      return m.problem_document_not_signed(document(problem.document));
    case "field_off_page":
      return m.problem_field_off_page(owner(problem.field));
    case "field_too_small":
      return m.problem_field_too_small(owner(problem.field));
    case "field_of_non_signer":
      return m.problem_field_of_non_signer(owner(problem.field));
    case "field_on_attachment":
      return m.problem_field_on_attachment(owner(problem.field));
    case "text_fields_unsupported":
      return m.problem_text_fields_unsupported(owner(problem.field));
    case "text_too_long":
      return m.problem_text_too_long({ ...owner(problem.field), limit: problem.limit });
    case "field_over_words":
      return m.problem_field_over_words({ ...owner(problem.field), words: problem.words });
    case "name_not_in_words":
      return m.problem_name_not_in_words(person(problem.recipient));
    case "dates_empty":
      return onPages(problem, m.problem_dates_empty_one, m.problem_dates_empty_other);
    case "deadline_passed":
      return m.problem_deadline_passed();
  }
}

function personName(id: RecipientId, draft: Draft): string {
  const person = draft.recipients.find((each) => each.id === id);
  const name = person && `${person.firstName.trim()} ${person.lastName.trim()}`.trim();
  return name || person?.email.trim() || m.problem_person_nameless();
}
