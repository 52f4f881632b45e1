/**
 * Which pictures the pages need now, the most urgent first. What is seen comes first, from the
 * middle of the view outwards; then what the next movement will show, so that a neighbour is there
 * before anybody turns to it.
 */
import type { Page, PageId, Rect, Size } from "../../../host/bindings";
import type { Point } from "./geometry";
import { type Layout, pagesIn } from "./layout";
import { BYTES_PER_PIXEL, isCut, partsIn, TILE } from "./tiles";

/** How many pages beyond the view are drawn before they are asked for. */
const MOST_PAGES_AHEAD = 4;

/** A picture of a page, or a part of one. */
export type Piece = {
  /** Its own among all pieces, of all pages. */
  key: string;
  page: Page;
  /** What it is, or is a part of: this page of this file at this width. */
  source: string;
  /** The whole picture, in device pixels. */
  picture: Size;
  /** Which part of it; `null` for the whole. */
  part: Rect | null;
  /** What it takes when decoded. */
  bytes: number;
};

export type Wanted = Piece & { seen: boolean };

export type PageNeeds = {
  /** Of the picture that fits. */
  source: string;
  isSeen: boolean;
  /** Keys of what has to be there before it takes the place of what was shown. */
  keys: string[];
};

export type Plan = { wanted: Wanted[]; pages: Map<PageId, PageNeeds> };

/** All lengths in CSS pixels. `pages` in the order of the layout. */
export type View = {
  layout: Layout;
  pages: readonly Page[];
  scroll: Point;
  room: Size;
  /** Where the view moves or moved last: down or up. */
  direction: 1 | -1;
};

/** `most`: bytes beyond which nothing is asked for that is not seen. */
export function plan(view: View, most: number): Plan {
  const seen: Rect = { ...view.scroll, ...view.room };
  const wanted = new Map<string, Wanted>();
  const pages = new Map<PageId, PageNeeds>();
  let bytes = 0;
  const add = (area: Rect, isSeen: boolean, depth = Infinity) => {
    for (const piece of piecesIn(view, area, depth)) {
      if (wanted.has(piece.key)) continue;
      if (!isSeen && bytes + piece.bytes > most) return;
      bytes += piece.bytes;
      wanted.set(piece.key, { ...piece, seen: isSeen });
      const needs = pages.get(piece.page.id) ?? { source: piece.source, isSeen, keys: [] };
      pages.set(piece.page.id, needs);
      // Of a page that is seen, only what is seen has to be there.
      if (needs.isSeen === isSeen) needs.keys.push(piece.key);
    }
  };
  add(seen, true);
  add(widened(view, seen), false);
  for (const direction of [view.direction, -view.direction]) {
    add({ ...seen, y: seen.y + direction * seen.h }, false, MOST_PAGES_AHEAD);
  }
  return { wanted: [...wanted.values()], pages };
}

/** Half a part beyond the view, where pages are cut: a small movement finds its parts there. */
function widened(view: View, seen: Rect): Rect {
  const [first, end] = pagesIn(view.layout, seen.y, seen.y + seen.h);
  const cut = view.layout.pages.slice(first, end).find(({ pixels }) => isCut(pixels));
  if (!cut) return seen;
  const by = (TILE / 2) * (cut.width / cut.pixels.w);
  return { x: seen.x - by, y: seen.y - by, w: seen.w + 2 * by, h: seen.h + 2 * by };
}

/** The pieces that touch an area, nearest to the middle of the view first. */
function piecesIn(view: View, area: Rect, depth: number): Piece[] {
  const middle = { x: view.scroll.x + view.room.w / 2, y: view.scroll.y + view.room.h / 2 };
  const [first, end] = pagesIn(view.layout, area.y, area.y + area.h);
  const found: { piece: Piece; distance: number }[] = [];
  const places = view.layout.pages.slice(first, end);
  if (area.y + area.h / 2 < middle.y) places.reverse();
  for (const place of places.slice(0, depth)) {
    const page = view.pages[place.number - 1];
    if (page?.id !== place.id) continue;
    const scale = place.pixels.w / place.width;
    const inPicture = {
      x: (area.x - place.left) * scale,
      y: (area.y - place.top) * scale,
      w: area.w * scale,
      h: area.h * scale,
    };
    for (const part of partsIn(place.pixels, inPicture)) {
      const { x, y, w, h } = part ?? { x: 0, y: 0, ...place.pixels };
      const box = {
        x: place.left + x / scale,
        y: place.top + y / scale,
        w: w / scale,
        h: h / scale,
      };
      const piece = pieceOf(page, place.pixels, part);
      found.push({ piece, distance: distance(middle, box) });
    }
  }
  found.sort((a, b) => a.distance - b.distance);
  return found.map(({ piece }) => piece);
}

export function pieceOf(page: Page, picture: Size, part: Rect | null): Piece {
  const { w, h } = part ?? picture;
  // The same file may be in a draft twice, and one element cannot stand on two pages.
  const key = `${page.id} ${pathOf(page, picture.w, part)}`;
  const source = pathOf(page, picture.w, null);
  return { key, page, source, picture, part, bytes: w * h * BYTES_PER_PIXEL };
}

/** Where the host draws a picture: blob, page, width in pixels, and the part of it. */
export function pathOf(page: Page, width: number, part: Rect | null): string {
  const whole = `/${page.blob}/${page.index}/${width}`;
  return part ? `${whole}/${part.x},${part.y},${part.w},${part.h}` : whole;
}

/** From a point to the nearest of a rectangle; zero inside. */
export function distance(from: Point, to: Rect): number {
  return Math.hypot(
    Math.max(to.x - from.x, 0, from.x - to.x - to.w),
    Math.max(to.y - from.y, 0, from.y - to.y - to.h),
  );
}
