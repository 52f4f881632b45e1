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
  Recipient,
  RecipientId,
  Rect,
} from "../../../host/bindings";
import { m } from "../../../messages";
import { announcer } from "../../../shared/announcer.svelte";
import {
  changeField,
  deleteField,
  duplicateField,
  type FieldType,
  leastSize,
  moveToPage,
  type NamedEdit,
  newId,
  newKind,
  newSize,
  placeAgain,
  placeField,
  reassignField,
} from "../model/edits";
import { centredAt, moved, type Point, resized, SMALLEST_FIELD } from "../model/geometry";
import type { Outcome, Stamp } from "../model/gesture";
import { readingOrder } from "../model/order";
import { type FocusTarget, placeOf } from "../model/problems";
import { type DraftHost, EditQueue } from "../model/queue";
import { fieldName, placeName } from "../words";
import { fieldElement, focusElement, pageElement } from "./focus";
import { sayWhenStill } from "./sayWhenStill";
import { Viewport } from "./viewport.svelte";

/** A run of arrow keys is one gesture: it ends when none has been pressed for this long. */
const NUDGE_PAUSE = 500;

export class EditorSession {
  view = $state.raw<DraftView>() as DraftView;
  draft = $state.raw<Draft>() as Draft;
  selected = $state<FieldId | null>(null);
  /** The person whose card is open. */
  opened = $state<RecipientId | null>(null);
  armed = $state.raw<{ type: FieldType } | null>(null);
  isMessageOpen = $state(false);
  isChecklistOpen = $state(false);
  /** Where the selected field is while keys move it; not yet an edit. */
  nudged = $state.raw<{ field: FieldId; rect: Rect } | null>(null);
  #chosenPerson = $state<RecipientId | null>(null);
  #nudgeTimer: ReturnType<typeof setTimeout> | undefined;
  #queue: EditQueue;

  readonly viewport: Viewport;

  constructor(host: DraftHost, view: DraftView, onRefused: (error: IpcError) => void) {
    this.view = view;
    this.draft = view.draft;
    this.viewport = new Viewport(() => this.draft.documents);
    this.#queue = new EditQueue(host, view, (next, shown) => this.#show(next, shown), onRefused);
  }

  isLocked = $derived.by(() => this.view.state !== "editing");
  capabilities = $derived.by<Capabilities | null>(() => this.view.capabilities);
  signers = $derived.by(() => this.draft.recipients.filter(({ role }) => role === "signer"));
  ordered = $derived.by(() => readingOrder(this.draft.fields, this.draft.documents));
  field = $derived.by<Field | null>(
    () => this.draft.fields.find((field) => field.id === this.selected) ?? null,
  );
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

  // Changes

  change(edit: NamedEdit | null): void {
    if (!edit || this.isLocked) return;
    this.commitNudge();
    this.#queue.push(edit);
  }

  undo(): void {
    if (this.isLocked) return;
    this.commitNudge();
    this.#queue.undo();
  }

  redo(): void {
    if (this.isLocked) return;
    this.commitNudge();
    this.#queue.redo();
  }

  receive(view: DraftView): void {
    this.#queue.receive(view);
  }

  /** Everything typed and moved so far has been answered. */
  async settled(): Promise<void> {
    this.commitNudge();
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

  stampOf(type: FieldType): Stamp | null {
    const person = this.person;
    if (!person || this.isLocked) return null;
    const { capabilities } = this;
    return {
      type,
      recipient: person.id,
      size: newSize(type, capabilities),
      least: leastSize(type, capabilities),
    };
  }

  get armedStamp(): Stamp | null {
    return this.armed && this.stampOf(this.armed.type);
  }

  arm(type: FieldType | null): void {
    this.armed = type && this.stampOf(type) ? { type } : null;
  }

  /** Armed by key, the next key belongs to the page. */
  armByKey(type: FieldType): void {
    this.arm(this.armed?.type === type ? null : type);
    const page = this.viewport.current;
    if (this.armed && page) void focusElement(pageElement(page.id));
  }

  /** Returns the new field's id. */
  place(stamp: Stamp, page: PageId, rect: Rect): FieldId {
    const field: Field = {
      id: newId(),
      page,
      recipient: stamp.recipient,
      rect,
      kind: newKind(stamp.type),
    };
    this.change(placeField(this.draft, field));
    this.selected = field.id;
    return field.id;
  }

  /** By keyboard: in the middle of what is seen of the page. */
  placeInView(type: FieldType, page: PageId): void {
    const stamp = this.stampOf(type);
    const place = this.viewport.page(page);
    const middle = this.viewport.middleOf(page);
    if (!stamp || !place || !middle) return;
    void this.focusField(this.place(stamp, page, centredAt(middle, stamp.size, place.size)));
  }

  finish(outcome: Outcome): void {
    switch (outcome.what) {
      case "nothing":
        return;
      case "armed":
        this.arm(this.armed?.type === outcome.stamp.type ? null : outcome.stamp.type);
        return;
      case "placed":
        // It was put down in sight: nothing needs to be scrolled.
        void focusElement(fieldElement(this.place(outcome.stamp, outcome.page, outcome.rect)));
        return;
      case "clicked":
        this.selected = outcome.field.id;
        return;
      case "changed": {
        // What was typed before the press may have become an edit during the drag.
        const field = this.#current(outcome.field);
        if (!field) return;
        this.selected = field.id;
        this.change(placeAgain(field, outcome.rect));
        this.#announcePlace(field, outcome.rect);
      }
    }
  }

  /** Arrow keys, in points. */
  nudge(by: Point, isResize: boolean): void {
    const field = this.field;
    const page = field && this.viewport.page(field.page);
    if (!field || !page || this.isLocked) return;
    const from = this.nudged?.field === field.id ? this.nudged.rect : field.rect;
    const rect = isResize
      ? resized(from, "se", by, leastSize(field.kind.type, this.capabilities), page.size)
      : moved(from, by, page.size);
    this.nudged = { field: field.id, rect };
    this.viewport.reveal(field.page, rect);
    this.#announcePlace(field, rect);
    clearTimeout(this.#nudgeTimer);
    this.#nudgeTimer = setTimeout(() => this.commitNudge(), NUDGE_PAUSE);
  }

  commitNudge(): void {
    clearTimeout(this.#nudgeTimer);
    const nudged = this.nudged;
    if (!nudged) return;
    this.nudged = null;
    const field = this.#current({ id: nudged.field });
    const edit = field && placeAgain(field, nudged.rect);
    if (edit && !this.isLocked) this.#queue.push(edit);
  }

  setPlace(field: Field, by: Partial<Rect>): void {
    const page = this.viewport.page(field.page);
    if (!page) return;
    const wanted = { ...field.rect, ...by };
    const size = {
      w: Math.max(SMALLEST_FIELD.w, wanted.w),
      h: Math.max(SMALLEST_FIELD.h, wanted.h),
    };
    this.change(placeAgain(field, moved({ ...wanted, ...size }, { x: 0, y: 0 }, page.size)));
  }

  setKind(field: Field, kind: FieldKind): void {
    this.change(changeField(field, kind));
  }

  reassign(field: Field, recipient: RecipientId): void {
    this.change(reassignField(field, recipient));
    this.choosePerson(recipient);
  }

  setPage(field: Field, number: number): void {
    const page = this.viewport.layout.pages[number - 1];
    if (!page || page.id === field.page) return;
    this.change(moveToPage(field, page.id, page.size));
    void this.focusField(field.id);
  }

  duplicate(field: Field): void {
    const page = this.viewport.page(field.page);
    if (!page) return;
    this.commitNudge();
    const copy = duplicateField(this.draft, this.#current(field) ?? field, page.size);
    this.change(copy);
    if (copy.edit.edit === "insert_field") void this.focusField(copy.edit.field.id);
  }

  /** The focus goes to the next field in reading order, else to the page: it is never lost. */
  remove(field: Field): void {
    if (this.isLocked) return;
    const at = this.ordered.findIndex(({ id }) => id === field.id);
    const next = this.ordered[at + 1] ?? this.ordered[at - 1];
    this.nudged = null;
    this.change(deleteField(field));
    this.selected = null;
    announcer.say(
      m.editor_field_removed({ field: fieldName(field, this.recipient(field.recipient)) }),
    );
    if (next && next.page === field.page) void this.focusField(next.id);
    else void focusElement(pageElement(field.page));
  }

  // Focus

  async focusField(id: FieldId): Promise<void> {
    this.selected = id;
    await tick();
    const field = this.#current({ id });
    if (!field) return;
    this.viewport.reveal(field.page, field.rect);
    await focusElement(fieldElement(id));
  }

  async goToProblem(problem: Problem): Promise<void> {
    this.isChecklistOpen = false;
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
      case "field":
        return this.focusField(target.field);
      case "deadline":
        // Whence a dialog was opened, there the focus returns when it is closed.
        await focusElement("editor-message");
        this.isMessageOpen = true;
        return focusElement("message-deadline", { scroll: true });
    }
  }

  /** As it is now, whatever became of it since it was taken. */
  #current({ id }: Pick<Field, "id">): Field | null {
    return this.draft.fields.find((field) => field.id === id) ?? null;
  }

  #announcePlace(field: Field, rect: Rect): void {
    const page = this.viewport.page(field.page);
    if (!page) return;
    const person = this.recipient(field.recipient);
    sayWhenStill(`${fieldName(field, person)}, ${placeName(rect, page, this.pageCount)}`);
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
    if (this.selected && !shown.fields.some(({ id }) => id === this.selected)) this.selected = null;
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
