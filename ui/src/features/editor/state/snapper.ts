/** What is on a page to line up with: its fields, and what is written and drawn on it. */
import type { FieldId, PageId, PageShape, Rect } from "../../../host/bindings";
import { type Baseline, linesOf, type Part, snap, type Snapped } from "../model/snapping";
import type { EditorSession } from "./session.svelte";

/** Near enough for a hand, in CSS pixels. */
const REACH = 6;

export type Marks = { baselines: Baseline[]; shapes: PageShape[]; words: Rect[] };
const NONE: Marks = { baselines: [], shapes: [], words: [] };

export class Snapper {
  readonly #session: EditorSession;
  readonly #load: (page: PageId) => Promise<Marks>;
  readonly #known = new Map<PageId, Marks>();

  constructor(session: EditorSession, load: (page: PageId) => Promise<Marks>) {
    this.#session = session;
    this.#load = load;
  }

  snap(
    page: PageId,
    rect: Rect,
    parts: { x: readonly Part[]; y: readonly Part[] },
    without: ReadonlySet<FieldId>,
  ): Snapped {
    const place = this.#session.viewport.page(page);
    if (!place) return { by: { x: 0, y: 0 }, guides: [] };
    const others = this.#session
      .fieldsOn(page)
      .filter(({ id }) => !without.has(id))
      .map((field) => field.rect);
    const { baselines, shapes } = this.#marks(page);
    const lines = linesOf(place.size, others, baselines, shapes);
    return snap(rect, parts, lines, others, REACH / place.scale);
  }

  /** Where words stand on a page. */
  wordsOn(page: PageId): readonly Rect[] {
    return this.#marks(page).words;
  }

  /** Those of a page that is asked about for the first time come a moment later. */
  #marks(page: PageId): Marks {
    const known = this.#known.get(page);
    if (known) return known;
    this.#known.set(page, NONE);
    void this.#load(page).then(
      (marks) => this.#known.set(page, marks),
      () => this.#known.delete(page),
    );
    return NONE;
  }
}
