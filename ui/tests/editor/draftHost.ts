/** A draft that really changes: edits, undo and redo as the host does them, for tests and previews. */
import type {
  AccountView,
  Capabilities,
  Draft,
  DraftEdit,
  DraftState,
  DraftView,
  FieldDefault,
  Problem,
  ProblemView,
  Recipient,
  Suggestion,
} from "../../src/host/bindings";
import { applied } from "../../src/features/editor/model/apply";

type Step = { before: Draft; label: string };

export class DraftHost {
  draft: Draft;
  state: DraftState = "editing";
  account: AccountView | null;
  capabilities: Capabilities | null;
  fieldDefaults: FieldDefault[] = [];
  suggestions: Suggestion[] = [];
  /** What the words on the pages say. */
  wordProblems: Problem[] = [];
  asked: { edit: DraftEdit; label: string }[] = [];
  #done: Step[] = [];
  #undone: Step[] = [];

  constructor(draft: Draft, account: AccountView | null, capabilities: Capabilities | null) {
    this.draft = draft;
    this.account = account;
    this.capabilities = capabilities;
  }

  /** As on the wire: nothing of it is shared with whoever asked. */
  view(): DraftView {
    return structuredClone({
      draft: this.draft,
      state: this.state,
      account: this.account,
      capabilities: this.capabilities,
      fieldDefaults: this.fieldDefaults,
      problems: problems(this.draft, this.account),
      phones: this.draft.recipients
        .filter(({ phone }) => phone.startsWith("+"))
        .map(({ id, phone }) => ({ recipient: id, number: phone.replaceAll(" ", "") })),
      undo: this.#done.at(-1)?.label ?? null,
      redo: this.#undone.at(-1)?.label ?? null,
      sending: this.state === "editing" ? null : "s1",
    });
  }

  edit(edit: DraftEdit, label: string): DraftView | null {
    this.asked.push({ edit, label });
    const next = applied(this.draft, edit);
    if (!next || this.state !== "editing") return null;
    this.#done.push({ before: this.draft, label });
    this.#undone = [];
    this.draft = { ...next, revision: this.draft.revision + 1 };
    return this.view();
  }

  undo(): DraftView {
    return this.#turn(this.#done, this.#undone);
  }

  redo(): DraftView {
    return this.#turn(this.#undone, this.#done);
  }

  #turn(from: Step[], to: Step[]): DraftView {
    const step = from.pop();
    if (step) {
      to.push({ before: this.draft, label: step.label });
      this.draft = { ...step.before, revision: this.draft.revision + 1 };
    }
    return this.view();
  }
}

/** The checks that these drafts meet; the real ones are the domain's. */
function problems(draft: Draft, account: AccountView | null): ProblemView[] {
  const found: ProblemView[] = [];
  const add = (problem: ProblemView["problem"], blocks = true) =>
    found.push({ problem, blocks, mend: mendOf(problem, draft) });
  if (draft.documents.length === 0) add({ problem: "no_document" });
  if (!draft.recipients.some(({ role }) => role === "signer")) add({ problem: "no_signer" });
  for (const person of draft.recipients) checkPerson(person, draft, add);
  for (const person of draft.recipients) {
    const isAskedToSign = draft.fields.some(
      (field) => field.recipient === person.id && field.kind.type === "signature",
    );
    if (person.role === "signer" && !isAskedToSign) {
      add({ problem: "no_signature_field", recipient: person.id });
    }
  }
  for (const document of draft.documents) {
    const first = document.pages.findIndex(({ unreadable }) => unreadable);
    const page = document.pages[first];
    if (page) {
      const count = document.pages.filter(({ unreadable }) => unreadable).length;
      const number = first + 1;
      add({ problem: "pages_unreadable", document: document.id, page: page.id, number, count });
    }
    for (const caution of document.cautions ?? []) {
      add({ problem: "may_look_different", document: document.id, caution }, false);
    }
    const pages = new Set(document.pages.map(({ id }) => id));
    if (document.purpose === "to_sign" && !draft.fields.some(({ page }) => pages.has(page))) {
      add({ problem: "document_not_signed", document: document.id }, false);
    }
  }
  if (draft.title.trim() === "") add({ problem: "no_title" });
  if (draft.invitation.deadline !== null && draft.invitation.deadline < "2026-01-01") {
    add({ problem: "deadline_passed" });
  }
  if (!account) add({ problem: "no_account" });
  return found;
}

/** Of those that the domain mends, the ones that tests press. */
function mendOf({ problem }: ProblemView["problem"], draft: Draft): DraftEdit | null {
  const [first] = draft.documents;
  return problem === "no_title" && first ? { edit: "set_title", title: first.name } : null;
}

function checkPerson(
  person: Recipient,
  draft: Draft,
  add: (problem: ProblemView["problem"], blocks?: boolean) => void,
): void {
  const recipient = person.id;
  if (person.firstName.trim() === "" || person.lastName.trim() === "") {
    add({ problem: "name_missing", recipient });
  }
  if (person.email.trim() === "") add({ problem: "email_missing", recipient });
  else if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(person.email.trim())) {
    add({ problem: "email_malformed", recipient });
  }
  const other = draft.recipients.find(
    (each) => each.id < person.id && each.email !== "" && each.email === person.email,
  );
  if (other) add({ problem: "email_twice", recipient, other: other.id }, false);
  if (person.identityCheck === "sms_code" && person.phone.trim() === "") {
    add({ problem: "phone_missing", recipient });
  }
  if (person.phone !== "" && !/^[+\d][\d .]{7,}$/u.test(person.phone)) {
    add({ problem: "phone_malformed", recipient });
  }
}
