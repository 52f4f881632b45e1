/** Places that the pages suggest: what was found, which are still free, and walking through them. */
import { SvelteMap } from "svelte/reactivity";
import type {
  DraftId,
  Field,
  PageId,
  Recipient,
  Rect,
  SuggestedFields,
} from "../../../host/bindings";
import { m, plural } from "../../../messages";
import { announcer } from "../../../shared/announcer.svelte";
import { leastSize } from "../model/edits";
import {
  accept,
  fieldIn,
  free,
  type Given,
  giveAll,
  nextOf,
  pagesLeft,
  type Place,
  placesOf,
  proposedFor,
} from "../model/suggesting";
import { fieldName } from "../words";
import { focusElement, pageElement, suggestionElement } from "./focus";
import type { EditorSession } from "./session.svelte";
import { sayWhenStill } from "./sayWhenStill";

/** Pictures come first, and whoever types has more to type. */
const PAUSE = 500;

type Kept = { isAway: boolean; dismissed: readonly string[] };
const NOTHING_KEPT: Kept = { isAway: false, dismissed: [] };
/** What was put away stays so while Paraph runs. It is no part of the draft. */
const kept = new SvelteMap<DraftId, Kept>();

export class Suggestions {
  state = $state<"idle" | "looking" | "done" | "failed">("idle");
  /** The page of the one that has the focus: it is not taken from under it. */
  heldPage = $state<PageId | null>(null);
  #found = $state.raw<Readonly<Record<PageId, Place[]>>>({});
  /** The fields that stood there when it was asked: their places are not among what was found. */
  #stood = $state.raw<readonly Field[]>([]);
  #ask: (from: PageId | null) => Promise<SuggestedFields>;
  readonly #session: EditorSession;
  #run = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** Every page was asked about. */
  #isComplete = false;
  /** The one that had the focus last. */
  #at: string | null = null;

  /** `ask`: one look at some pages. */
  constructor(ask: (from: PageId | null) => Promise<SuggestedFields>, session: EditorSession) {
    this.#ask = ask;
    this.#session = session;
  }

  #kept = $derived.by(() => kept.get(this.#session.view.draft.id) ?? NOTHING_KEPT);
  isAway = $derived.by(() => this.#kept.isAway);

  #all = $derived.by(() =>
    this.#session.draft.documents.flatMap(({ pages }) =>
      pages.flatMap(({ id }) => this.#found[id] ?? []),
    ),
  );

  /** Where no field stands, those that were put away included. */
  free = $derived.by(() =>
    this.#session.isLocked ? [] : free(this.#all, this.#session.draft.fields),
  );

  shown = $derived.by(() => {
    const { isAway, dismissed } = this.#kept;
    return isAway ? [] : this.free.filter(({ key }) => !dismissed.includes(key));
  });

  #byPage = $derived.by(() => {
    const byPage: Record<PageId, Place[]> = {};
    for (const place of this.shown) (byPage[place.page] ??= []).push(place);
    return byPage;
  });

  onPage(page: PageId): Place[] {
    return this.#byPage[page] ?? [];
  }

  /** What would become of all of them. */
  all = $derived.by(() => giveAll(this.shown, this.#session.signers));

  // Asking

  /** What the answer depends on, as the host has it; where it changes, it is asked again. */
  question = $derived.by(() => {
    const { documents, recipients, account } = this.#session.view.draft;
    return JSON.stringify([
      documents.map(({ purpose, pages }) => [purpose, ...pages.map(({ id }) => id)]),
      recipients.map(({ id, firstName, lastName, role }) => [id, firstName, lastName, role]),
      account,
    ]);
  });

  /** Pages where a place may have become free that was never told. */
  left = $derived.by(() => pagesLeft(this.#stood, this.#session.view.draft.fields));

  /** `pages`: only these have changed; null: ask about all of them. */
  askSoon(pages: readonly PageId[] | null): void {
    this.#run += 1;
    clearTimeout(this.#pause);
    if (pages === null) this.#isComplete = false;
    this.#pause = setTimeout(() => {
      void (pages !== null && this.#isComplete ? this.#askAbout(pages) : this.#askAll());
    }, PAUSE);
  }

  close(): void {
    this.#run += 1;
    clearTimeout(this.#pause);
  }

  /** From the page that is looked at to the last, then from the first. */
  async #askAll(): Promise<void> {
    const run = this.#run;
    const { fields } = this.#session.view.draft;
    const before = this.shown.length;
    const seen: Record<PageId, true> = {};
    let from = this.#session.viewport.current?.id ?? null;
    let hasTurned = this.#session.viewport.currentNumber <= 1;
    this.state = "looking";
    for (;;) {
      const answer = await this.#answer(from);
      // Something has changed meanwhile, and it is asked anew.
      if (run !== this.#run) return;
      if (!answer) {
        // Nobody asked for it: without suggestions everything else is as it was.
        this.state = "failed";
        return;
      }
      for (const { page } of answer.pages) seen[page] = true;
      if (answer.next === null && !hasTurned) {
        hasTurned = true;
        from = null;
      } else if (answer.next === null || answer.next in seen) {
        break;
      } else {
        from = answer.next;
      }
    }
    this.#isComplete = true;
    this.#stood = [...fields, ...this.#session.view.draft.fields];
    this.state = "done";
    const count = this.shown.length;
    if (count > before) {
      sayWhenStill(plural(count, m.editor_suggestions_found_one, m.editor_suggestions_found_other));
    }
  }

  async #askAbout(pages: readonly PageId[]): Promise<void> {
    const run = this.#run;
    const { fields } = this.#session.view.draft;
    const { layout } = this.#session.viewport;
    for (const page of pages) {
      // Its document may have gone with it.
      if (layout.pages.some(({ id }) => id === page)) await this.#answer(page);
      if (run !== this.#run) return;
    }
    this.#stood = fields;
  }

  /** Null when it cannot be had now. */
  async #answer(from: PageId | null): Promise<SuggestedFields | null> {
    const run = this.#run;
    try {
      const answer = await this.#ask(from);
      if (run === this.#run) {
        const found = answer.pages.map(({ page, suggestions }) => [page, placesOf(suggestions)]);
        this.#found = { ...this.#found, ...Object.fromEntries(found) };
      }
      return answer;
    } catch {
      return null;
    }
  }

  // Walking

  /** The next one that is shown is looked at, and has the focus. */
  step(direction: 1 | -1): void {
    if (this.isAway) this.bringBack();
    const { viewport } = this.#session;
    // Whoever left one comes back to it; whoever has scrolled on goes on from there.
    const last = this.#all.find(({ key }) => key === this.#at);
    const isInView = last !== undefined && viewport.isSeen(last.page, last.rect);
    const focused = document.activeElement?.closest("[data-suggestion], [data-suggestions]");
    const left = isInView && !focused ? this.shown.find(({ key }) => key === last.key) : null;
    const next = left ?? this.#next(isInView ? this.#at : null, direction);
    if (next) void this.focus(next);
    else announcer.say(m.editor_suggestions_none());
  }

  async focus(place: Place): Promise<void> {
    this.#session.viewport.reveal(place.page, place.rect);
    await focusElement(suggestionElement(place.key));
  }

  /** One that stands there, brought back where it was put away; false when there is none. */
  async focusAt(page: PageId, rect: Rect): Promise<boolean> {
    const place = this.free.find(
      (one) => one.page === page && JSON.stringify(one.rect) === JSON.stringify(rect),
    );
    if (!place) return false;
    if (!this.shown.includes(place)) this.bringBack();
    await this.focus(place);
    return true;
  }

  onFocus(place: Place): void {
    this.#at = place.key;
    this.heldPage = place.page;
    this.#session.fields.selection.clear();
  }

  onBlur(place: Place): void {
    if (this.heldPage === place.page) this.heldPage = null;
  }

  #next(from: string | null, direction: 1 | -1): Place | null {
    const { viewport } = this.#session;
    const first = viewport.layout.pages.slice(Math.max(0, viewport.currentNumber - 1));
    const isFromHere = ({ page }: Place) => first.some(({ id }) => id === page);
    return nextOf(this.#all, this.shown, from, isFromHere, direction);
  }

  // Accepting

  /** For whom it is proposed, else for the chosen person; null when nobody signs yet. */
  personFor(place: Place): Recipient | null {
    return proposedFor(place, this.#session.signers) ?? this.#session.person;
  }

  /** `isByKey`: the focus goes on to the next one; else nothing is scrolled. */
  accept(place: Place, isByKey: boolean): void {
    const person = this.personFor(place);
    if (!person) return this.#leadToPeople();
    const [field] = this.#put([{ place, recipient: person.id }]);
    if (!field) return;
    announcer.say(m.editor_suggestion_accepted({ field: fieldName(field, person) }));
    const next = isByKey ? this.#next(place.key, 1) : null;
    if (next) void this.focus(next);
    else if (isByKey) void this.#session.fields.focus(field.id);
    else void this.#session.fields.takeUp(field.id);
  }

  /** What is not known to be somebody's waits. */
  acceptAll(): void {
    if (this.#session.signers.length === 0) return this.#leadToPeople();
    const { given, waiting } = this.all;
    const fields = this.#put(given);
    if (fields.length === 0) return;
    announcer.say(
      plural(fields.length, m.editor_suggestions_accepted_one, m.editor_suggestions_accepted_other),
    );
    const [next] = waiting;
    if (next) void this.focus(next);
    else void this.#session.fields.focusAll(fields.map(({ id }) => id));
  }

  #put(given: readonly Given[]): Field[] {
    const { capabilities, draft, isLocked, viewport } = this.#session;
    if (isLocked) return [];
    const fields = given.flatMap((one) => {
      const page = viewport.page(one.place.page)?.size;
      const { type } = one.place.kind;
      // Only who signs is given a place.
      const begins = this.#session.beginningOf(type, "signer").kind;
      const least = leastSize(type, capabilities);
      return page ? [fieldIn(one, { begins, least, page })] : [];
    });
    this.#session.change(accept(draft, fields));
    return fields;
  }

  #leadToPeople(): void {
    if (this.#session.isLocked) return;
    announcer.say(m.editor_palette_nobody());
    this.#session.addPerson();
  }

  // Putting away

  dismiss(place: Place): void {
    this.#keep({ dismissed: [...this.#kept.dismissed, place.key] });
    announcer.say(m.editor_suggestion_dismissed());
    const next = this.#next(place.key, 1);
    if (next) void this.focus(next);
    else void focusElement(pageElement(place.page));
  }

  putAway(): void {
    this.#keep({ isAway: true });
  }

  /** Every one of them. */
  bringBack(): void {
    this.#keep(NOTHING_KEPT);
  }

  #keep(by: Partial<Kept>): void {
    kept.set(this.#session.view.draft.id, { ...this.#kept, ...by });
  }
}
