/**
 * What a pointer does to fields, from press to release. It knows nothing of the screen: a surface
 * turns a point of the window into points of a page, so scrolling or zooming during a drag, and
 * drags that begin in the palette, need no case of their own. Nothing is changed before release,
 * and a release yields exactly one outcome.
 */
import type { Field, FieldId, PageId, Rect, RecipientId, Size } from "../../../host/bindings";
import type { FieldType } from "./edits";
import { centredAt, clamp, clampToPage, type Handle, moved, type Point, resized } from "./geometry";

export type OnPage = { page: PageId; at: Point; size: Size };

export type Surface = {
  /** The page under a point of the window. */
  pageAt(at: Point): OnPage | null;
  /** A point of the window in points of this page, also where it lies outside of it. */
  onPage(page: PageId, at: Point): OnPage | null;
};

/** What a field will be when it lands. */
export type Stamp = { type: FieldType; recipient: RecipientId; size: Size; least: Size };

type State =
  | { what: "idle" }
  | { what: "carry"; stamp: Stamp; from: Point; at: Point; isDrag: boolean }
  | { what: "draw"; stamp: Stamp; page: PageId; from: Point; start: Point; rect: Rect | null }
  | {
      what: "move" | "resize";
      field: Field;
      handle: Handle | null;
      least: Size;
      from: Point;
      start: Point;
      rect: Rect;
      isDrag: boolean;
    };

/** What is to be drawn while the gesture goes on. */
export type Preview =
  | { what: "field"; field: FieldId; rect: Rect; isResize: boolean }
  | { what: "stamp"; stamp: Stamp; at: Point; landing: { page: PageId; rect: Rect } | null };

export type Outcome =
  | { what: "changed"; field: Field; rect: Rect }
  | { what: "clicked"; field: Field }
  | { what: "placed"; stamp: Stamp; page: PageId; rect: Rect }
  /** Pressed and released in the palette: the tool is to be armed. */
  | { what: "armed"; stamp: Stamp }
  | { what: "nothing" };

/** A hand that presses is never quite still: below this, in CSS pixels, it is a click. */
const CLICK_SLACK = 4;

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
    if (state.what === "idle") return false;
    return state.what === "draw" ? state.rect !== null : state.isDrag;
  }

  /** Pressed on a palette button. */
  carry(stamp: Stamp, at: Point): void {
    this.#state = { what: "carry", stamp, from: at, at, isDrag: false };
  }

  /** Pressed on a page while a tool is armed. */
  draw(stamp: Stamp, at: Point): void {
    const on = this.#surface.pageAt(at);
    if (!on) return;
    this.#state = { what: "draw", stamp, page: on.page, from: at, start: on.at, rect: null };
  }

  /** Pressed on a field. */
  move(field: Field, at: Point): void {
    this.#hold("move", field, null, at, { w: 0, h: 0 });
  }

  /** Pressed on a handle of the selected field. */
  resize(field: Field, handle: Handle, at: Point, least: Size): void {
    this.#hold("resize", field, handle, at, least);
  }

  to(at: Point): void {
    const state = this.#state;
    switch (state.what) {
      case "idle":
        return;
      case "carry":
        state.at = at;
        state.isDrag ||= isBeyond(state.from, at);
        return;
      case "draw": {
        const on = this.#surface.onPage(state.page, at);
        if (on && (state.rect || isBeyond(state.from, at))) {
          state.rect = drawn(state.start, on.at, state.stamp.least, on.size);
        }
        return;
      }
      case "move":
      case "resize": {
        state.isDrag ||= isBeyond(state.from, at);
        const on = this.#surface.onPage(state.field.page, at);
        if (!on || !state.isDrag) return;
        const by = { x: on.at.x - state.start.x, y: on.at.y - state.start.y };
        state.rect = state.handle
          ? resized(state.field.rect, state.handle, by, state.least, on.size)
          : moved(state.field.rect, by, on.size);
      }
    }
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
          landing: landing(this.#surface, state.stamp, state.at),
        };
      case "draw":
        return (
          state.rect && {
            what: "stamp",
            stamp: state.stamp,
            at: state.from,
            landing: { page: state.page, rect: state.rect },
          }
        );
      case "move":
      case "resize":
        if (!state.isDrag) return null;
        return {
          what: "field",
          field: state.field.id,
          rect: state.rect,
          isResize: state.what === "resize",
        };
    }
  }

  release(at: Point): Outcome {
    this.to(at);
    const state = this.#state;
    this.#state = { what: "idle" };
    switch (state.what) {
      case "idle":
        return { what: "nothing" };
      case "carry": {
        if (!state.isDrag) return { what: "armed", stamp: state.stamp };
        const place = landing(this.#surface, state.stamp, at);
        return place ? { what: "placed", stamp: state.stamp, ...place } : { what: "nothing" };
      }
      case "draw": {
        const on = this.#surface.onPage(state.page, state.from);
        if (!on) return { what: "nothing" };
        const rect = state.rect ?? centredAt(state.start, state.stamp.size, on.size);
        return { what: "placed", stamp: state.stamp, page: state.page, rect };
      }
      case "move":
      case "resize":
        return state.isDrag
          ? { what: "changed", field: state.field, rect: state.rect }
          : { what: "clicked", field: state.field };
    }
  }

  /** Everything is as it was before the press. */
  cancel(): void {
    this.#state = { what: "idle" };
  }

  #hold(what: "move" | "resize", field: Field, handle: Handle | null, at: Point, least: Size) {
    const on = this.#surface.onPage(field.page, at);
    if (!on) return;
    const { rect } = field;
    this.#state = { what, field, handle, least, from: at, start: on.at, rect, isDrag: false };
  }
}

/** Where a stamp held at a point of the window would land: under the pointer, whole on the page. */
export function landing(
  surface: Surface,
  stamp: Stamp,
  at: Point,
): { page: PageId; rect: Rect } | null {
  const on = surface.pageAt(at);
  return on && { page: on.page, rect: centredAt(on.at, stamp.size, on.size) };
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

function isBeyond(from: Point, at: Point): boolean {
  return Math.hypot(at.x - from.x, at.y - from.y) >= CLICK_SLACK;
}
