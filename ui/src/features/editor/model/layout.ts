/**
 * Where every page stands in the scrolled area, in CSS pixels. Positions are computed, never read
 * from the screen, so that three hundred pages cost no layout and a point on a page has one place.
 *
 * A page's width is a whole number of device pixels, which is the width its picture is asked for:
 * picture and page coincide, and nothing is resampled. The scale of a page follows from that
 * width, so fields lie on the picture to the last pixel at every zoom.
 */
import type { Document, DocumentId, PageId, Size } from "../../../host/bindings";
import { displayedSize, type Point } from "./geometry";
import { pictureSize } from "./tiles";

/** Space around and between pages. */
export const MARGIN = 24;
const PAGE_GAP = 16;
const HEADING_HEIGHT = 44;
const DOCUMENT_GAP = 20;

export type PagePlace = {
  id: PageId;
  document: DocumentId;
  /** One-based, counted through all documents. */
  number: number;
  /** One-based, within its document. */
  numberInDocument: number;
  /** The displayed page, in points. */
  size: Size;
  /** CSS pixels per point on this page. */
  scale: number;
  left: number;
  top: number;
  width: number;
  height: number;
  /** The page's picture, in device pixels. */
  pixels: Size;
};

export type HeadingPlace = { document: DocumentId; top: number; height: number };

export type Layout = {
  pages: PagePlace[];
  headings: HeadingPlace[];
  width: number;
  height: number;
};

/** `scale` in CSS pixels per point; `dpr` device pixels per CSS pixel; `room` CSS pixels. */
export function layOut(documents: Document[], scale: number, dpr: number, room: number): Layout {
  const snap = (value: number) => Math.round(value * dpr) / dpr;
  const pages: PagePlace[] = [];
  const headings: HeadingPlace[] = [];
  let widest = 0;
  let top = 0;
  for (const document of documents) {
    headings.push({ document: document.id, top, height: HEADING_HEIGHT });
    top += HEADING_HEIGHT;
    for (const [index, page] of document.pages.entries()) {
      const size = displayedSize(page.geometry);
      const pixels = pictureSize(size, Math.max(1, Math.round(size.w * scale * dpr)));
      const width = pixels.w / dpr;
      const height = pixels.h / dpr;
      pages.push({
        id: page.id,
        document: document.id,
        number: pages.length + 1,
        numberInDocument: index + 1,
        size,
        scale: width / size.w,
        left: 0,
        top: snap(top),
        width,
        height,
        pixels,
      });
      widest = Math.max(widest, width);
      top += height + PAGE_GAP;
    }
    top += DOCUMENT_GAP;
  }
  // Pages are centred in the pane. One that is wider than the pane reaches out to the right alone,
  // and does not push the others out of the middle.
  for (const page of pages) page.left = snap(Math.max(MARGIN, (room - page.width) / 2));
  const width = Math.max(room, widest + 2 * MARGIN);
  return { pages, headings, width, height: pages.length === 0 ? 0 : top + MARGIN };
}

/** The size that most pages have, to the point; the first of them on a tie. A4 without pages. */
export function commonest(documents: Document[]): Size {
  const counts = new Map<string, { size: Size; count: number }>();
  for (const page of documents.flatMap((document) => document.pages)) {
    const size = displayedSize(page.geometry);
    const key = `${Math.round(size.w)} ${Math.round(size.h)}`;
    const same = counts.get(key);
    if (same) same.count += 1;
    else counts.set(key, { size, count: 1 });
  }
  const sizes = [...counts.values()];
  const most = Math.max(...sizes.map(({ count }) => count));
  return sizes.find(({ count }) => count === most)?.size ?? { w: 595, h: 842 };
}

/** Indices of the first and one past the last page that touch the band, found by halving. */
export function pagesIn(layout: Layout, top: number, bottom: number): [number, number] {
  const { pages } = layout;
  const first = lowerBound(pages, (page) => page.top + page.height >= top);
  const end = lowerBound(pages, (page) => page.top > bottom);
  return [first, Math.max(first, end)];
}

/** The page under a point of the scrolled area. */
export function pageUnder(layout: Layout, at: Point): PagePlace | null {
  const [first, end] = pagesIn(layout, at.y, at.y);
  for (let index = first; index < end; index += 1) {
    const page = layout.pages[index];
    if (page && at.x >= page.left && at.x <= page.left + page.width && at.y >= page.top) {
      return page;
    }
  }
  return null;
}

/** From the scrolled area (CSS pixels) to a page (points); also for places outside the page. */
export function toPoints(page: PagePlace, at: Point): Point {
  return { x: (at.x - page.left) / page.scale, y: (at.y - page.top) / page.scale };
}

/** From a page (points) to the scrolled area (CSS pixels). */
export function toPixels(page: PagePlace, at: Point): Point {
  return { x: page.left + at.x * page.scale, y: page.top + at.y * page.scale };
}

/** The page that most of the band shows; what "page 3 of 12" means. */
export function currentPage(layout: Layout, top: number, height: number): PagePlace | null {
  const [first, end] = pagesIn(layout, top, top + height);
  let best: PagePlace | null = null;
  let most = -1;
  for (let index = first; index < end; index += 1) {
    const page = layout.pages[index];
    if (!page) continue;
    const seen = Math.min(top + height, page.top + page.height) - Math.max(top, page.top);
    // A page that is seen whole counts as such, however small it is.
    const share = seen / Math.min(page.height, height);
    if (share > most + 1e-6) {
      most = share;
      best = page;
    }
  }
  return best ?? layout.pages[Math.min(first, layout.pages.length - 1)] ?? null;
}

export type Anchor = { page: PageId; at: Point; dx: number; dy: number };

/**
 * What stands at a point of the viewport, so that it can be brought back there after the zoom has
 * changed. Between pages the nearest page is taken.
 */
export function anchorAt(layout: Layout, scroll: Point, inView: Point): Anchor | null {
  const at = { x: scroll.x + inView.x, y: scroll.y + inView.y };
  const [first] = pagesIn(layout, at.y, at.y);
  const page = layout.pages[Math.min(first, layout.pages.length - 1)];
  if (!page) return null;
  return { page: page.id, at: toPoints(page, at), dx: inView.x, dy: inView.y };
}

/** Where to scroll so that the anchor is back at its point of the viewport. */
export function scrollFor(layout: Layout, anchor: Anchor): Point | null {
  const page = layout.pages.find((candidate) => candidate.id === anchor.page);
  if (!page) return null;
  const at = toPixels(page, anchor.at);
  return { x: Math.max(0, at.x - anchor.dx), y: Math.max(0, at.y - anchor.dy) };
}

function lowerBound<T>(items: T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
