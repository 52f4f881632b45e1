/**
 * Rectangles on a page, in points of the displayed page: origin top-left, y down. Everything that
 * a gesture may do to a rectangle is decided here, in points, so that zoom never changes a result.
 */
import type { PageGeometry, Rect, Size } from "../../../host/bindings";

export type Point = { x: number; y: number };

/** Which edges of a rectangle a handle moves. */
export const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;
export type Handle = (typeof HANDLES)[number];

export const POINTS_PER_INCH = 72;
/** CSS pixels per inch, by definition of CSS. */
const CSS_PIXELS_PER_INCH = 96;
const MILLIMETRES_PER_INCH = 25.4;

/** No field is made smaller than this: below it, it cannot be seen or taken hold of. */
export const SMALLEST_FIELD: Size = { w: 8, h: 8 };
/** A signature mark at its usual size on paper: 63 x 21 mm. */
export const DEFAULT_SIGNATURE: Size = { w: 180, h: 60 };
export const DEFAULT_INITIALS: Size = { w: 60, h: 30 };
export const DEFAULT_TEXT: Size = { w: 200, h: 24 };

/** The page as the reader sees it, in points (the same rule as the domain's `displayed_size`). */
export function displayedSize(geometry: PageGeometry): Size {
  const w = (geometry.visible.urx - geometry.visible.llx) * geometry.user_unit;
  const h = (geometry.visible.ury - geometry.visible.lly) * geometry.user_unit;
  const turned = geometry.rotation === "quarter" || geometry.rotation === "three_quarters";
  return turned ? { w: h, h: w } : { w, h };
}

/** CSS pixels per point at a zoom where 1 is the size of the paper. */
export function scaleOfZoom(zoom: number): number {
  return (zoom * CSS_PIXELS_PER_INCH) / POINTS_PER_INCH;
}

export function zoomOfScale(scale: number): number {
  return (scale * POINTS_PER_INCH) / CSS_PIXELS_PER_INCH;
}

export function toMillimetres(points: number): number {
  return (points * MILLIMETRES_PER_INCH) / POINTS_PER_INCH;
}

export function fromMillimetres(millimetres: number): number {
  return (millimetres * POINTS_PER_INCH) / MILLIMETRES_PER_INCH;
}

/** Moved, and where necessary shrunk, so that it lies on a page of this size. */
export function clampToPage(rect: Rect, page: Size): Rect {
  const w = Math.min(rect.w, page.w);
  const h = Math.min(rect.h, page.h);
  return { x: clamp(rect.x, 0, page.w - w), y: clamp(rect.y, 0, page.h - h), w, h };
}

/** A rectangle of this size with its middle at `centre`, brought onto the page. */
export function centredAt(centre: Point, size: Size, page: Size): Rect {
  return clampToPage({ x: centre.x - size.w / 2, y: centre.y - size.h / 2, ...size }, page);
}

export function moved(rect: Rect, by: Point, page: Size): Rect {
  return clampToPage({ ...rect, x: rect.x + by.x, y: rect.y + by.y }, page);
}

/** As far as the whole of it stays on the page; what is larger than the page begins with it. */
export function withinPage(group: Rect, by: Point, page: Size): Point {
  return {
    x: clamp(by.x, -group.x, Math.max(-group.x, page.w - group.w - group.x)),
    y: clamp(by.y, -group.y, Math.max(-group.y, page.h - group.h - group.y)),
  };
}

export function doTouch(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/**
 * The edges that `handle` names follow the pointer; the others stay exactly where they were. The
 * moving edges stop at the page's border and before the rectangle gets smaller than `least`.
 */
export function resized(rect: Rect, handle: Handle, by: Point, least: Size, page: Size): Rect {
  let { x, y, w, h } = rect;
  const right = x + w;
  const bottom = y + h;
  // A field that is already smaller may stay so, but not shrink further.
  const leastW = Math.min(least.w, w);
  const leastH = Math.min(least.h, h);
  if (handle.includes("w")) {
    x = clamp(x + by.x, 0, right - leastW);
    w = right - x;
  } else if (handle.includes("e")) {
    w = clamp(w + by.x, leastW, Math.max(leastW, page.w - x));
  }
  if (handle.includes("n")) {
    y = clamp(y + by.y, 0, bottom - leastH);
    h = bottom - y;
  } else if (handle.includes("s")) {
    h = clamp(h + by.y, leastH, Math.max(leastH, page.h - y));
  }
  return { x, y, w, h };
}

/**
 * Hundredths of a point: far below what a printer shows, and free of the long tails that dividing
 * by a scale leaves in the journal.
 */
export function tidy(rect: Rect): Rect {
  const round = (value: number) => Math.round(value * 100) / 100;
  return { x: round(rect.x), y: round(rect.y), w: round(rect.w), h: round(rect.h) };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
