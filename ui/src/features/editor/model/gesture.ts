/**
 * What a pointer does to fields, from press to release. It knows nothing of the screen: a surface
 * turns a point of the window into points of a page and knows what is there to line up with, so
 * scrolling or zooming during a drag, and drags that begin in the palette, need no case of their
 * own. Nothing is changed before release, and a release yields exactly one outcome.
 */
import type {
  Field,
  FieldId,
  FieldKind,
  PageId,
  Rect,
  RecipientId,
  Size,
} from "../../../host/bindings";
import { around } from "./arranging";
import type { Tool } from "./edits";
import {
  centredAt,
  clamp,
  clampToPage,
  type Handle,
  moved,
  type Point,
  resized,
  withinPage,
} from "./geometry";
import { ALL, type Guide, type Part, type Snapped } from "./snapping";

export type OnPage = { page: PageId; at: Point; size: Size };

/** Turns points of the window into points of pages. */
export type Pages = {
  /** The page under a point of the window. */
  pageAt(at: Point): OnPage | null;
  /** A point of the window in points of this page, also where it lies outside of it. */
  onPage(page: PageId, at: Point): OnPage | null;
};

export type Surface = Pages & {
  /** How far a rectangle has to go to line up with what else is on the page. */
  snap(
    page: PageId,
    rect: Rect,
    parts: { x: readonly Part[]; y: readonly Part[] },
    without: ReadonlySet<FieldId>,
  ): Snapped;
};

/** What a field will be when it lands. */
export type Stamp = {
  type: Tool;
  kind: FieldKind;
  recipient: RecipientId;
  size: Size;
  least: Size;
};

/** Where a field is, or is going to be. */
export type Spot = { page: PageId; rect: Rect };

type Held = {
  /** The one that was pressed stands first. */
  fields: readonly [Field, ...Field[]];
  ids: ReadonlySet<FieldId>;
  from: Point;
  /** The same in points of the first one's page. */
  start: Point;
  spots: ReadonlyMap<FieldId, Spot>;
  guides: Guide[];
  isDrag: boolean;
};

type State =
  | { what: "idle" }
  | {
      what: "carry";
      stamp: Stamp;
      from: Point;
      at: Point;
      landing: Spot | null;
      guides: Guide[];
      isDrag: boolean;
    }
  | { what: "draw"; stamp: Stamp; page: PageId; from: Point; start: Point; rect: Rect | null }
  | { what: "enclose"; page: PageId; from: Point; start: Point; rect: Rect | null }
  | ({ what: "move" } & Held)
  | ({ what: "resize"; handle: Handle; least: Size } & Held);

/** What is to be drawn while the gesture goes on. */
export type Preview =
  | { what: "fields"; spots: ReadonlyMap<FieldId, Spot>; isResize: boolean; guides: Guides | null }
  | { what: "stamp"; stamp: Stamp; at: Point; landing: Spot | null; guides: Guides | null }
  | { what: "enclose"; page: PageId; rect: Rect };

type Guides = { page: PageId; guides: Guide[] };

export type Outcome =
  | { what: "changed"; spots: ReadonlyMap<FieldId, Spot>; isResize: boolean }
  | { what: "clicked"; field: Field }
  | { what: "placed"; stamp: Stamp; page: PageId; rect: Rect }
  /** Pressed and released in the palette: the tool is to be armed. */
  | { what: "armed"; stamp: Stamp }
  /** A rectangle was pulled open over the page; null where it was only pressed. */
  | { what: "enclosed"; page: PageId; rect: Rect | null }
  | { what: "nothing" };

/** A hand that presses is never quite still: below this, in CSS pixels, it is a click. */
const CLICK_SLACK = 4;
export const NOBODY: ReadonlySet<FieldId> = new Set();
const WHOLE = { x: ALL, y: ALL };

export class PointerGesture {
  #state: State = { what: "idle" };
  #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  get isActive(): boolean {
    return this.#state.what !== "idle";
  }

  /** Whether the pointer has gone far enough for this to be more than a click. */
  get isDragging(): boolean {
    const state = this.#state;
    switch (state.what) {
      case "idle":
        return false;
      case "draw":
      case "enclose":
        return state.rect !== null;
      default:
        return state.isDrag;
    }
  }

  /** Pressed on a palette button. */
  carry(stamp: Stamp, at: Point): void {
    this.#state = {
      what: "carry",
      stamp,
      from: at,
      at,
      landing: null,
      guides: [],
      isDrag: false,
    };
  }

  /** Pressed on a page while a tool is armed. */
  draw(stamp: Stamp, at: Point): void {
    const on = this.#surface.pageAt(at);
    if (!on) return;
    this.#state = { what: "draw", stamp, page: on.page, from: at, start: on.at, rect: null };
  }

  /** Pressed on an empty place of a page. */
  enclose(at: Point): void {
    const on = this.#surface.pageAt(at);
    if (on) this.#state = { what: "enclose", page: on.page, from: at, start: on.at, rect: null };
  }

  /** Pressed on a field: the first of these, with which the others go. */
  move(fields: readonly [Field, ...Field[]], at: Point): void {
    const held = this.#held(fields, at);
    if (held) this.#state = { what: "move", ...held };
  }

  /** Pressed on a handle of the selected field. */
  resize(field: Field, handle: Handle, at: Point, least: Size): void {
    const held = this.#held([field], at);
    if (held) this.#state = { what: "resize", handle, least, ...held };
  }

  /** `isFree`: nothing is lined up. */
  to(at: Point, isFree = false): void {
    const state = this.#state;
    switch (state.what) {
      case "idle":
        return;
      case "carry": {
        state.at = at;
        state.isDrag ||= isBeyond(state.from, at);
        const on = this.#surface.pageAt(at);
        const rect = on && centredAt(on.at, state.stamp.size, on.size);
        const snapped = on && rect && !isFree && this.#surface.snap(on.page, rect, WHOLE, NOBODY);
        state.guides = snapped ? snapped.guides : [];
        state.landing = on &&
          rect && { page: on.page, rect: snapped ? moved(rect, snapped.by, on.size) : rect };
        return;
      }
      case "draw": {
        const on = this.#surface.onPage(state.page, at);
        if (on && (state.rect || isBeyond(state.from, at))) {
          state.rect = drawn(state.start, on.at, state.stamp.least, on.size);
        }
        return;
      }
      case "enclose": {
        const on = this.#surface.onPage(state.page, at);
        if (on && (state.rect || isBeyond(state.from, at))) {
          state.rect = drawn(state.start, on.at, { w: 0, h: 0 }, on.size);
        }
        return;
      }
      case "move":
        state.isDrag ||= isBeyond(state.from, at);
        if (state.isDrag) this.#move(state, at, isFree);
        return;
      case "resize":
        state.isDrag ||= isBeyond(state.from, at);
        if (state.isDrag) this.#resize(state, at, isFree);
    }
  }

  #move(state: Held, at: Point, isFree: boolean): void {
    const { fields, start } = state;
    const [first] = fields;
    // Over another page they all go there, unless they stand on several.
    const isTogether = fields.every(({ page }) => page === first.page);
    const over = isTogether ? this.#surface.pageAt(at) : null;
    const on = over ?? this.#surface.onPage(first.page, at);
    if (!on) return;
    const mine = fields.filter(({ page }) => page === first.page);
    const group = around(mine.map(({ rect }) => rect));
    let by = { x: on.at.x - start.x, y: on.at.y - start.y };
    const there = { ...group, x: group.x + by.x, y: group.y + by.y };
    const snapped = isFree ? null : this.#surface.snap(on.page, there, WHOLE, state.ids);
    if (snapped) by = { x: by.x + snapped.by.x, y: by.y + snapped.by.y };
    for (const page of new Set(fields.map(({ page }) => page))) {
      const size = isTogether ? on.size : this.#surface.onPage(page, at)?.size;
      const rects = fields.filter((field) => field.page === page).map(({ rect }) => rect);
      if (size) by = withinPage(around(rects), by, size);
    }
    state.guides = snapped?.guides ?? [];
    state.spots = new Map(
      fields.map(({ id, page, rect }) => [
        id,
        {
          page: isTogether ? on.page : page,
          // Only what is larger than the page that it comes to has to be made smaller.
          rect: isTogether
            ? moved(rect, by, on.size)
            : { ...rect, x: rect.x + by.x, y: rect.y + by.y },
        },
      ]),
    );
  }

  #resize(state: Held & { handle: Handle; least: Size }, at: Point, isFree: boolean): void {
    const [{ id, page, rect }] = state.fields;
    const on = this.#surface.onPage(page, at);
    if (!on) return;
    const by = { x: on.at.x - state.start.x, y: on.at.y - state.start.y };
    const pulled = resized(rect, state.handle, by, state.least, on.size);
    const parts = partsOf(state.handle);
    const snapped = isFree ? null : this.#surface.snap(page, pulled, parts, state.ids);
    const more = snapped ? { x: by.x + snapped.by.x, y: by.y + snapped.by.y } : by;
    // Again from the start, so that the page and the least size have the last word.
    const end = snapped ? resized(rect, state.handle, more, state.least, on.size) : pulled;
    state.guides = snapped?.guides ?? [];
    state.spots = new Map([[id, { page, rect: end }]]);
  }

  /** The fields that go with the pointer: the same set from a drag's begin to its end. */
  get moving(): ReadonlySet<FieldId> {
    const state = this.#state;
    const isHeld = state.what === "move" || state.what === "resize";
    return isHeld && state.isDrag ? state.ids : NOBODY;
  }

  get preview(): Preview | null {
    const state = this.#state;
    switch (state.what) {
      case "idle":
        return null;
      case "carry":
        if (!state.isDrag) return null;
        return {
          what: "stamp",
          stamp: state.stamp,
          at: state.at,
          landing: state.landing,
          guides: state.landing && { page: state.landing.page, guides: state.guides },
        };
      case "draw":
        return (
          state.rect && {
            what: "stamp",
            stamp: state.stamp,
            at: state.from,
            landing: { page: state.page, rect: state.rect },
            guides: null,
          }
        );
      case "enclose":
        return state.rect && { what: "enclose", page: state.page, rect: state.rect };
      case "move":
      case "resize": {
        if (!state.isDrag) return null;
        const first = state.spots.get(state.fields[0].id);
        return {
          what: "fields",
          spots: state.spots,
          isResize: state.what === "resize",
          guides: first ? { page: first.page, guides: state.guides } : null,
        };
      }
    }
  }

  release(at: Point, isFree = false): Outcome {
    this.to(at, isFree);
    const state = this.#state;
    this.#state = { what: "idle" };
    switch (state.what) {
      case "idle":
        return { what: "nothing" };
      case "carry":
        if (!state.isDrag) return { what: "armed", stamp: state.stamp };
        return state.landing
          ? { what: "placed", stamp: state.stamp, ...state.landing }
          : { what: "nothing" };
      case "draw": {
        const on = this.#surface.onPage(state.page, state.from);
        if (!on) return { what: "nothing" };
        const rect = state.rect ?? centredAt(state.start, state.stamp.size, on.size);
        return { what: "placed", stamp: state.stamp, page: state.page, rect };
      }
      case "enclose":
        return { what: "enclosed", page: state.page, rect: state.rect };
      case "move":
      case "resize":
        return state.isDrag
          ? { what: "changed", spots: state.spots, isResize: state.what === "resize" }
          : { what: "clicked", field: state.fields[0] };
    }
  }

  /** Everything is as it was before the press. */
  cancel(): void {
    this.#state = { what: "idle" };
  }

  #held(fields: readonly [Field, ...Field[]], at: Point): Held | null {
    const on = this.#surface.onPage(fields[0].page, at);
    return (
      on && {
        fields,
        ids: new Set(fields.map(({ id }) => id)),
        from: at,
        start: on.at,
        spots: new Map(fields.map(({ id, page, rect }) => [id, { page, rect }])),
        guides: [],
        isDrag: false,
      }
    );
  }
}

/** A rectangle pulled open from one corner, at least as large as the provider needs. */
function drawn(from: Point, to: Point, least: Size, page: Size): Rect {
  const corner = { x: clamp(to.x, 0, page.w), y: clamp(to.y, 0, page.h) };
  const w = Math.max(Math.abs(corner.x - from.x), least.w);
  const h = Math.max(Math.abs(corner.y - from.y), least.h);
  const x = corner.x < from.x ? from.x - w : from.x;
  const y = corner.y < from.y ? from.y - h : from.y;
  return clampToPage({ x, y, w, h }, page);
}

/** The edges that a handle moves. */
function partsOf(handle: Handle): { x: readonly Part[]; y: readonly Part[] } {
  const x: Part[] = handle.includes("w") ? ["start"] : handle.includes("e") ? ["end"] : [];
  const y: Part[] = handle.includes("n") ? ["start"] : handle.includes("s") ? ["end"] : [];
  return { x, y };
}

function isBeyond(from: Point, at: Point): boolean {
  return Math.hypot(at.x - from.x, at.y - from.y) >= CLICK_SLACK;
}
