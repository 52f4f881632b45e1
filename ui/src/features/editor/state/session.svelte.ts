/** One draft being edited: what is shown, what is selected, and every change to it. */
import { tick } from "svelte";
import type {
  Capabilities,
  Draft,
  DraftView,
  Field,
  FieldId,
  FieldKind,
  IpcError,
  PageId,
  Problem,
  ProblemView,
  Recipient,
  RecipientId,
  Rect,
  Role,
} from "../../../host/bindings";
import { type Beginning, beginningOf, typeOf, usedBy } from "../model/beginnings";
import { addPerson, leastSize, type NamedEdit, newRecipient, type Tool } from "../model/edits";
import { type Advice, adviceFor, leastLegible } from "../model/advice";
import type { Spot, Stamp } from "../model/gesture";
import { readingOrder } from "../model/order";
import { type FocusTarget, isStillThere, placeOf } from "../model/problems";
import { type DraftHost, EditQueue } from "../model/queue";
import { FieldActions } from "./fieldActions.svelte";
import { fieldElement, focusElement, pageElement } from "./focus";
import { Viewport } from "./viewport.svelte";

/** Enough to know the last one of each type. */
const MOST_USED = 500;

export class EditorSession {
  view = $state.raw<DraftView>() as DraftView;
  draft = $state.raw<Draft>() as Draft;
  /** The person whose card is open. */
  opened = $state<RecipientId | null>(null);
  armed = $state.raw<{ type: Tool } | null>(null);
  isMessageOpen = $state(false);
  isKeysOpen = $state(false);
  /** What the words on the pages say, as far as that is known by now. */
  wordProblems = $state.raw<ProblemView[]>([]);
  #chosenPerson = $state<RecipientId | null>(null);
  #queue: EditQueue;
  /** What was placed or changed here, the last one last. */
  #used: FieldId[] = [];

  /** Where words stand on a page, as far as they are known by now. */
  wordsOn: (page: PageId) => readonly Rect[] = () => [];
  /** Gives the focus to a place that the page suggests; false when there is none. */
  focusPlace: (page: PageId, rect: Rect) => Promise<boolean> = () => Promise.resolve(false);
  readonly viewport: Viewport;
  readonly fields = new FieldActions(this);

  constructor(host: DraftHost, view: DraftView, onRefused: (error: IpcError) => void) {
    this.view = view;
    this.draft = view.draft;
    this.viewport = new Viewport(() => this.draft.documents);
    this.#queue = new EditQueue(host, view, (next, shown) => this.#show(next, shown), onRefused);
  }

  isLocked = $derived.by(() => this.view.state !== "editing");
  capabilities = $derived.by<Capabilities | null>(() => this.view.capabilities);
  /** Everything that is missing or worth a look, what is gone left out. */
  problems = $derived.by<ProblemView[]>(() => [
    ...this.view.problems,
    ...this.wordProblems.filter(({ problem }) => isStillThere(problem, this.draft)),
  ]);
  signers = $derived.by(() => this.draft.recipients.filter(({ role }) => role === "signer"));
  ordered = $derived.by(() => readingOrder(this.draft.fields, this.draft.documents));
  pageCount = $derived.by(() =>
    this.draft.documents.reduce((sum, document) => sum + document.pages.length, 0),
  );

  /** Whose field is placed next. */
  person = $derived.by<Recipient | null>(
    () => this.signers.find(({ id }) => id === this.#chosenPerson) ?? this.signers[0] ?? null,
  );

  recipient(id: RecipientId): Recipient | null {
    return this.draft.recipients.find((person) => person.id === id) ?? null;
  }

  fieldsOn(page: PageId): Field[] {
    return this.ordered.filter((field) => field.page === page);
  }

  choosePerson(id: RecipientId): void {
    this.#chosenPerson = id;
  }

  /** Somebody who is not known yet, and their form. */
  addPerson(): void {
    const person = newRecipient(this.draft, {}, this.capabilities);
    this.change(addPerson(this.draft, person));
    this.choosePerson(person.id);
    void this.goTo({ at: "person", recipient: person.id, input: "name" });
  }

  // Changes

  change(edit: NamedEdit | null): void {
    if (!edit || this.isLocked) return;
    this.fields.commitNudge();
    this.#used = [...this.#used, ...usedBy(edit.edit)].slice(-MOST_USED);
    this.#queue.push(edit);
  }

  undo(): void {
    if (this.isLocked) return;
    this.fields.commitNudge();
    this.#queue.undo();
  }

  redo(): void {
    if (this.isLocked) return;
    this.fields.commitNudge();
    this.#queue.redo();
  }

  receive(view: DraftView): void {
    this.#queue.receive(view);
  }

  /** Everything typed and moved so far has been answered. */
  async settled(): Promise<void> {
    this.fields.commitNudge();
    await this.#queue.settled();
  }

  /** A request has the name of its first document until somebody gives it another. */
  titleFromDocument(): void {
    const first = this.draft.documents[0];
    if (!first || this.draft.title.trim() !== "") return;
    this.change({
      edit: { edit: "set_title", title: first.name },
      label: "editor_step_rename_request",
    });
  }

  // Fields

  /** Whether the account's provider has fields of this type; without an account none is ruled out. */
  isOffered(type: Tool): boolean {
    if (type === "text") return this.capabilities?.textFields ?? true;
    return type !== "block" || (this.capabilities?.mentions ?? true);
  }

  stampOf(type: Tool): Stamp | null {
    const person = this.person;
    if (!person || this.isLocked) return null;
    return {
      type,
      recipient: person.id,
      ...this.beginningOf(type, person.role),
      least: leastSize(typeOf(type), this.capabilities),
    };
  }

  beginningOf(type: Tool, role: Role): Beginning {
    const { capabilities, draft } = this;
    const defaults = this.view.fieldDefaults;
    return beginningOf(type, { draft, used: this.#used, defaults, role, capabilities });
  }

  get armedStamp(): Stamp | null {
    return this.armed && this.stampOf(this.armed.type);
  }

  arm(type: Tool | null): void {
    this.armed = type && this.stampOf(type) ? { type } : null;
  }

  /** Armed by key, the next key belongs to the page. */
  armByKey(type: Tool): void {
    this.arm(this.armed?.type === type ? null : type);
    const page = this.viewport.current;
    if (this.armed && page) void focusElement(pageElement(page.id));
  }

  /** What is to be said of a field that comes to stand there. */
  adviceOn(kind: FieldKind, { page, rect }: Spot): Advice[] {
    const place = this.viewport.page(page);
    if (!place) return [];
    const least = leastLegible(kind, this.capabilities);
    return [...adviceFor(rect, place.size, least, this.wordsOn(page))];
  }

  // Focus

  /** What was changed is on the page. */
  async shown(): Promise<void> {
    await tick();
  }

  async goToProblem(problem: Problem): Promise<void> {
    await this.goTo(placeOf(problem));
  }

  async goTo(target: FocusTarget): Promise<void> {
    switch (target.at) {
      case "account":
        return focusElement("editor-account", { scroll: true });
      case "title":
        return focusElement("editor-title", { scroll: true });
      case "documents":
        return focusElement("editor-add-document", { scroll: true });
      case "document":
        return focusElement(`document-${target.document}`, { scroll: true });
      case "people":
        return focusElement("editor-add-person", { scroll: true });
      case "person":
        this.opened = target.recipient;
        return focusElement(`person-${target.recipient}-${target.input}`, { scroll: true });
      case "palette":
        if (target.recipient) this.choosePerson(target.recipient);
        return focusElement("editor-place-signature", { scroll: true });
      case "page": {
        // Without a page, the document's first.
        const page = this.viewport.layout.pages.find(({ id, document }) =>
          target.page ? id === target.page : document === target.document,
        );
        if (!page) return;
        this.viewport.scrollToPage(page.id);
        return focusElement(pageElement(page.id));
      }
      case "place":
        if (await this.focusPlace(target.page, target.rect)) return;
        this.viewport.reveal(target.page, target.rect);
        return focusElement(pageElement(target.page));
      case "field":
        return this.fields.focus(target.field);
      case "deadline":
        // Whence a dialog was opened, there the focus returns when it is closed.
        await focusElement("editor-message");
        this.isMessageOpen = true;
        return focusElement("message-deadline", { scroll: true });
    }
  }

  #show(view: DraftView, shown: Draft): void {
    this.#keepFocus(shown);
    this.view = view;
    // Pages that did not change keep their identity, so that nothing is laid out anew for them.
    const unchanged =
      JSON.stringify(shown.documents) === JSON.stringify(this.draft.documents)
        ? this.draft.documents
        : shown.documents;
    this.draft = { ...shown, documents: unchanged };
    this.fields.selection.keep((id) => shown.fields.some((field) => field.id === id));
    if (this.opened && !this.recipient(this.opened)) this.opened = null;
    if (this.armed && !this.person) this.armed = null;
  }

  /**
   * A field that changes its place in reading order changes its place in the document, and would
   * lose the focus on the way; one that is gone leaves it to its page.
   */
  #keepFocus(shown: Draft): void {
    const id = document.activeElement?.getAttribute("data-field-id");
    const before = id && this.draft.fields.find((field) => field.id === id);
    if (!before) return;
    void tick().then(() => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      const isThere = shown.fields.some((field) => field.id === id);
      void focusElement(isThere ? fieldElement(id) : pageElement(before.page));
    });
  }
}
