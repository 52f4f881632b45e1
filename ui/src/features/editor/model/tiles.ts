/**
 * How the picture of a page is cut into parts, in device pixels of the picture, origin top left.
 *
 * Parts are cut out of the picture at the very width that is shown, not out of a pyramid of doubled
 * sizes: the words are drawn for the screen's own pixels, and nothing is ever scaled at rest. The
 * price is that a zoom draws anew, which is why the old parts stay, stretched, until then.
 */
import type { Rect, Size } from "../../../host/bindings";

/** A picture of no more pixels than this is asked for whole: one request, one decoding. */
export const MOST_WHOLE = 1_500_000;
/** Width and height of a part. The last of a row or column may be half as long again. */
export const TILE = 768;
/** What a pixel takes once it is decoded. */
export const BYTES_PER_PIXEL = 4;

/** The picture of a page that is `width` pixels wide; the same rule as where it is drawn. */
export function pictureSize(page: Size, width: number): Size {
  return { w: width, h: Math.max(1, Math.round((page.h * width) / page.w)) };
}

/** The parts of a picture that touch an area of it; `null` stands for the whole as one. */
export function partsIn(picture: Size, area: Rect): (Rect | null)[] {
  const columns = spans(picture.w, area.x, area.x + area.w);
  const rows = spans(picture.h, area.y, area.y + area.h);
  if (columns.length === 0 || rows.length === 0) return [];
  if (!isCut(picture)) return [null];
  return rows.flatMap(([y, h]) => columns.map(([x, w]) => ({ x, y, w, h })));
}

export function isCut(picture: Size): boolean {
  return picture.w * picture.h > MOST_WHOLE;
}

/** Begin and length of the parts of an edge that lie in the band. */
function spans(length: number, from: number, to: number): [number, number][] {
  if (to <= 0 || from >= length || to <= from) return [];
  // Rounding leaves no sliver: what is less than half a part belongs to the one before.
  const last = Math.max(1, Math.round(length / TILE)) - 1;
  const found: [number, number][] = [];
  const end = Math.min(last, Math.ceil(to / TILE) - 1);
  for (let index = Math.min(last, Math.max(0, Math.floor(from / TILE))); index <= end; index += 1) {
    const begin = index * TILE;
    found.push([begin, (index === last ? length : begin + TILE) - begin]);
  }
  return found;
}
