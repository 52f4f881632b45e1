/** What is done to fields, by gesture, by key or in the inspector. Each is one step for Undo. */
import type {
  Field,
  FieldId,
  FieldKind,
  PageId,
  RecipientId,
  Rect,
  Size,
} from "../../../host/bindings";
import { m } from "../../../messages";
import { announcer } from "../../../shared/announcer.svelte";
import { leastSize, newId, newSize, placeField, type Tool } from "../model/edits";
import * as edits from "../model/fieldEdits";
import { centredAt, clampToPage, doTouch, type Point, SMALLEST_FIELD } from "../model/geometry";
import { initialsOn } from "../model/initials";
import type { PagePlace } from "../model/layout";
import type { Outcome, Spot, Stamp } from "../model/gesture";
import { adviceSentence, fieldName, placeName } from "../words";
import { fieldElement, focusElement, pageElement } from "./focus";
import { sayWhenStill } from "./sayWhenStill";
import { Selection } from "./selection.svelte";
import type { EditorSession } from "./session.svelte";

/** A run of arrow keys is one gesture: it ends when none has been pressed for this long. */
const NUDGE_PAUSE = 500;

/** What was copied last, in whichever draft: it can be put into another one. */
let copied: readonly Field[] = [];

export class FieldActions {
  readonly selection = new Selection();
  /** Where selected fields are while keys move them; not yet an edit. */
  nudged = $state.raw<ReadonlyMap<FieldId, Spot> | null>(null);
  #nudgeTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #session: EditorSession;

  constructor(session: EditorSession) {
    this.#session = session;
  }

  /** As they are now, in the order in which they were selected. */
  get selected(): Field[] {
    return this.#current(this.selection.ids);
  }

  /** The only one that is selected. */
  get only(): Field | null {
    const { only } = this.selection;
    return only === null ? null : (this.#current([only])[0] ?? null);
  }

  // Placing

  /** Returns the new field's id. */
  place(stamp: Stamp, page: PageId, rect: Rect): FieldId {
    const field: Field = {
      id: newId(),
      page,
      recipient: stamp.recipient,
      rect,
      kind: stamp.kind,
    };
    this.#session.change(placeField(this.#session.draft, field, stamp.type));
    this.selection.set([field.id]);
    return field.id;
  }

  /** By keyboard: in the middle of what is seen of the page. */
  placeInView(type: Tool, page: PageId): void {
    const { viewport } = this.#session;
    const stamp = this.#session.stampOf(type);
    const place = viewport.page(page);
    const middle = viewport.middleOf(page);
    if (!stamp || !place || !middle) return;
    void this.focus(this.place(stamp, page, centredAt(middle, stamp.size, place.size)));
  }

  // By pointer

  /** `isMore`: what is enclosed is selected beside what was. */
  finish(outcome: Outcome, isMore: boolean): void {
    switch (outcome.what) {
      case "nothing":
        return;
      case "armed": {
        const { type } = outcome.stamp;
        this.#session.arm(this.#session.armed?.type === type ? null : type);
        return;
      }
      case "placed":
        void this.takeUp(this.place(outcome.stamp, outcome.page, outcome.rect));
        return;
      case "clicked":
        this.selection.set([outcome.field.id]);
        return;
      case "enclosed": {
        const { page, rect } = outcome;
        const inside = rect
          ? this.#session.fieldsOn(page).filter((it) => doTouch(it.rect, rect))
          : [];
        if (!isMore) this.selection.clear();
        this.selection.add(inside.map(({ id }) => id));
        if (rect) announcer.say(this.#howMany());
        return;
      }
      case "changed": {
        // What was typed before the press may have become an edit during the drag.
        const fields = this.#current([...outcome.spots.keys()]);
        const name = outcome.isResize ? "resize" : "move";
        this.#session.change(edits.placeAgain(fields, outcome.spots, name));
        this.#announcePlaces(fields, outcome.spots);
      }
    }
  }

  /** Everything on the page, in reading order. */
  selectAll(page: PageId): void {
    const ids = this.#session.fieldsOn(page).map(({ id }) => id);
    const [first] = ids;
    if (first === undefined) return;
    this.selection.set(ids);
    // From a field, keys lead on to what can be done to all of them.
    void focusElement(fieldElement(first));
    announcer.say(this.#howMany());
  }

  // By keys

  /** In points. */
  nudge(by: Point, isResize: boolean): void {
    if (this.#session.isLocked) return;
    const fields = this.selected.map((field) => ({ ...field, ...this.nudged?.get(field.id) }));
    const least = (field: Field) => leastSize(field.kind.type, this.#session.capabilities);
    const spots = isResize
      ? edits.grown(fields, by, least, this.#sizeOf)
      : edits.shifted(fields, by, this.#sizeOf);
    const first = fields[0];
    const spot = first && spots.get(first.id);
    if (!spot) return;
    this.nudged = spots;
    this.#session.viewport.reveal(spot.page, spot.rect);
    this.#announcePlaces(fields, spots);
    clearTimeout(this.#nudgeTimer);
    this.#nudgeTimer = setTimeout(() => this.commitNudge(), NUDGE_PAUSE);
  }

  commitNudge(): void {
    clearTimeout(this.#nudgeTimer);
    const { nudged } = this;
    if (!nudged) return;
    this.nudged = null;
    const fields = this.#current([...nudged.keys()]);
    this.#place(fields, nudged);
  }

  /** What was begun with keys is not to become an edit. */
  forgetNudge(): void {
    clearTimeout(this.#nudgeTimer);
    this.nudged = null;
  }

  duplicate(): void {
    this.commitNudge();
    this.#insert(edits.copiesBeside(this.selected, this.#sizeOf));
  }

  copy(): void {
    this.commitNudge();
    if (this.selection.ids.length === 0) return;
    copied = this.selected;
    announcer.say(m.editor_fields_copied({ count: copied.length }));
  }

  /** On the page that is looked at, where they stood on theirs; beside it, where they still are. */
  paste(): void {
    const { viewport, draft } = this.#session;
    const page = viewport.current;
    const first = copied[0];
    if (!page || !first || this.#session.isLocked) return;
    const mine = copied.flatMap((field) => {
      // Copied in another draft, somebody of this one signs.
      const recipient = this.#session.recipient(field.recipient)?.id ?? this.#session.person?.id;
      return recipient === undefined ? [] : [{ ...field, recipient }];
    });
    const isStillThere = draft.fields.some(({ id, page: at }) => id === first.id && at === page.id);
    this.#insert(
      isStillThere
        ? edits.copiesBeside(mine, this.#sizeOf)
        : edits.copiesOn(mine, page.id, page.size),
    );
  }

  /** The focus goes to the next field in reading order, else to the page: it is never lost. */
  remove(): void {
    const fields = this.selected;
    const first = fields[0];
    if (!first || this.#session.isLocked) return;
    const { ordered } = this.#session;
    const isGone = ({ id }: Field) => fields.some((field) => field.id === id);
    const at = ordered.findIndex(({ id }) => id === first.id);
    const next =
      ordered.slice(at).find((field) => !isGone(field)) ??
      ordered.slice(0, at).findLast((field) => !isGone(field));
    this.forgetNudge();
    this.#session.change(edits.remove(fields));
    this.selection.clear();
    announcer.say(
      fields.length === 1
        ? m.editor_field_removed({ field: this.#nameOf(first) })
        : m.editor_fields_removed({ count: fields.length }),
    );
    if (next && next.page === first.page) void this.focus(next.id);
    else void focusElement(pageElement(first.page));
  }

  // In the inspector

  setPlace(field: Field, by: Partial<Rect>): void {
    const size = this.#sizeOf(field.page);
    if (!size) return;
    const wanted = { ...field.rect, ...by };
    const rect = {
      ...wanted,
      w: Math.max(SMALLEST_FIELD.w, wanted.w),
      h: Math.max(SMALLEST_FIELD.h, wanted.h),
    };
    this.#place([field], edits.spotOf(field, { page: field.page, rect: clampToPage(rect, size) }));
  }

  setKind(field: Field, kind: FieldKind): void {
    this.#session.change(edits.change(field, kind));
  }

  reassign(recipient: RecipientId): void {
    this.commitNudge();
    this.#session.change(edits.reassign(this.selected, recipient));
    this.#session.choosePerson(recipient);
  }

  setPage(field: Field, number: number): void {
    const page = this.#session.viewport.layout.pages[number - 1];
    if (!page || page.id === field.page) return;
    const spot = { page: page.id, rect: clampToPage(field.rect, page.size) };
    this.#place([field], edits.spotOf(field, spot));
    // The focus stays where somebody types.
    this.#session.viewport.reveal(spot.page, spot.rect);
  }

  /** The selected fields stay so: what was put on other pages is out of sight. */
  repeat(copies: readonly Field[]): void {
    this.#session.change(edits.repeat(this.#session.draft, copies));
    announcer.say(m.editor_repeated({ count: edits.pagesOf(copies).length }));
  }

  /** How many there are of its type. */
  ofType({ kind }: Field): number {
    return this.#session.draft.fields.filter((other) => other.kind.type === kind.type).length;
  }

  /** The size and options of this one for every field of its type. */
  applyToAll(field: Field): void {
    this.commitNudge();
    const [current = field] = this.#current([field.id]);
    const applied = edits.applyToAll(this.#session.draft, current, this.#sizeOf);
    if (applied) this.#session.change(applied.edit);
    announcer.say(m.editor_applied({ count: applied?.count ?? 0 }));
  }

  // Initials of a person on many pages

  initial(recipient: RecipientId, pages: readonly PagePlace[]): void {
    const { draft, capabilities } = this.#session;
    const initials = initialsOn(draft, recipient, pages, newSize("initials", capabilities));
    this.#session.change(edits.initial(draft, initials));
    announcer.say(m.editor_repeated({ count: pages.length }));
  }

  removeInitials(initials: readonly Field[]): void {
    this.#session.change(edits.removeInitials(initials));
    announcer.say(m.editor_fields_removed({ count: initials.length }));
  }

  arrange(arrangement: edits.Arrangement): void {
    this.commitNudge();
    const fields = this.selected;
    const name = arrangement.what === "size" ? "resize" : "align";
    const spots = edits.arranged(fields, arrangement, this.#sizeOf);
    this.#session.change(edits.placeAgain(fields, spots, name));
  }

  // Focus

  async focus(id: FieldId): Promise<void> {
    this.selection.set([id]);
    await this.#session.shown();
    const [field] = this.#current([id]);
    if (!field) return;
    this.#session.viewport.reveal(field.page, field.rect);
    await focusElement(fieldElement(id));
  }

  /** All of them are selected; the first one has the focus. */
  async focusAll(ids: readonly FieldId[]): Promise<void> {
    const [first] = ids;
    if (first === undefined) return;
    await this.focus(first);
    this.selection.set(ids);
  }

  /** It was put down in sight: nothing needs to be scrolled. */
  async takeUp(id: FieldId): Promise<void> {
    await focusElement(fieldElement(id));
  }

  #place(fields: readonly Field[], spots: ReadonlyMap<FieldId, Spot>): void {
    const name = edits.isResized(fields, spots) ? "resize" : "move";
    this.#session.change(edits.placeAgain(fields, spots, name));
  }

  #insert(copies: readonly Field[]): void {
    const first = copies[0];
    if (!first || this.#session.isLocked) return;
    this.#session.change(edits.insert(this.#session.draft, copies));
    void this.focusAll(copies.map(({ id }) => id));
  }

  readonly #sizeOf = (page: PageId): Size | null => this.#session.viewport.page(page)?.size ?? null;

  /** As they are now, whatever became of them since they were taken; those that are gone are not. */
  #current(ids: readonly FieldId[]): Field[] {
    const { fields } = this.#session.draft;
    return ids.flatMap((id) => fields.find((field) => field.id === id) ?? []);
  }

  #nameOf(field: Field): string {
    return fieldName(field, this.#session.recipient(field.recipient));
  }

  #howMany(): string {
    return m.editor_fields_selected({ count: this.selection.ids.length });
  }

  /** Of several, only how many they are: their places would be too much to listen to. */
  #announcePlaces(fields: readonly Field[], spots: ReadonlyMap<FieldId, Spot>): void {
    const [field] = fields;
    const spot = field && spots.get(field.id);
    const page = spot && this.#session.viewport.page(spot.page);
    if (!page) return;
    const name = fields.length === 1 ? this.#nameOf(field) : this.#howMany();
    const place = placeName(spot.rect, page, this.#session.pageCount);
    const advice = this.#session.adviceOn(field.kind, spot).map((each) => adviceSentence(each));
    sayWhenStill([name, place, ...advice].join(", "));
  }
}
