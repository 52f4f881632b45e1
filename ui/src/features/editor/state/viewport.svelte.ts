/** How the pages are looked at: zoom, scroll, and which pages are near. */
import { flushSync } from "svelte";
import type { Document, PageId, Rect, Size } from "../../../host/bindings";
import { type Point, scaleOfZoom } from "../model/geometry";
import type { Pages } from "../model/gesture";
import {
  anchorAt,
  commonest,
  currentPage,
  layOut,
  MARGIN,
  pagesIn,
  pageUnder,
  type PagePlace,
  scrollFor,
  toPixels,
  toPoints,
} from "../model/layout";
import { clampZoom, fitZoom, nextZoom, wheelZoom, type ZoomMode } from "../model/zoom";

/** Until the pane has been measured. */
const UNKNOWN_ROOM: Size = { w: 800, h: 600 };

export class Viewport {
  mode = $state<ZoomMode>("width");
  room = $state.raw<Size>(UNKNOWN_ROOM);
  dpr = $state(globalThis.devicePixelRatio || 1);
  scroll = $state.raw<Point>({ x: 0, y: 0 });
  #freeZoom = $state(1);
  #element: HTMLElement | null = null;
  #documents: () => Document[];

  constructor(documents: () => Document[]) {
    this.#documents = documents;
  }

  /** The page that fitted zooms fit: the commonest. One wide annex must not shrink a contract. */
  #usual = $derived.by<Size>(() => commonest(this.#documents()));

  zoom = $derived.by(() => {
    if (this.mode === "free") return this.#freeZoom;
    const fitted = fitZoom(this.mode, this.#usual, this.room);
    // A window wider than the paper needs no page larger than the paper needs to be read.
    return this.mode === "width" ? Math.min(fitted, 1.6) : fitted;
  });

  layout = $derived.by(() =>
    layOut(this.#documents(), scaleOfZoom(this.zoom), this.dpr, this.room.w),
  );

  /** Pages within one screen of what is seen: first, and one past the last. */
  #near = $derived.by(() =>
    pagesIn(this.layout, this.scroll.y - this.room.h, this.scroll.y + 2 * this.room.h),
  );
  firstNear = $derived(this.#near[0]);
  endNear = $derived(this.#near[1]);

  current = $derived.by(() => currentPage(this.layout, this.scroll.y, this.room.h));
  currentNumber = $derived(this.current?.number ?? 0);

  /** Turns points of the window into points of pages, for gestures. */
  readonly surface: Pages = {
    pageAt: (at) => {
      const inside = this.inside(at);
      const page = inside && pageUnder(this.layout, inside);
      return page && { page: page.id, at: toPoints(page, inside), size: page.size };
    },
    onPage: (id, at) => {
      const page = this.page(id);
      const there = this.#toArea(at);
      return page && there && { page: id, at: toPoints(page, there), size: page.size };
    },
  };

  attach(element: HTMLElement): () => void {
    this.#element = element;
    const measure = () => {
      const next = { w: element.clientWidth, h: element.clientHeight };
      if (next.w === 0 || (next.w === this.room.w && next.h === this.room.h)) return;
      this.#keeping({ x: next.w / 2, y: 0 }, () => {
        this.room = next;
      });
    };
    if (element.clientWidth > 0) {
      this.room = { w: element.clientWidth, h: element.clientHeight };
    }
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const stopWatchingDensity = this.#watchDensity();
    return () => {
      observer.disconnect();
      stopWatchingDensity();
      this.#element = null;
    };
  }

  onScroll(): void {
    if (!this.#element) return;
    this.scroll = { x: this.#element.scrollLeft, y: this.#element.scrollTop };
  }

  page(id: PageId): PagePlace | null {
    return this.layout.pages.find((page) => page.id === id) ?? null;
  }

  /** A rectangle of a page in CSS pixels of the window. */
  toWindow(id: PageId, rect: Rect): Rect | null {
    const page = this.page(id);
    const box = this.#element?.getBoundingClientRect();
    if (!page || !box) return null;
    const corner = toPixels(page, rect);
    return {
      x: corner.x - this.scroll.x + box.left,
      y: corner.y - this.scroll.y + box.top,
      w: rect.w * page.scale,
      h: rect.h * page.scale,
    };
  }

  /** CSS pixels per point where no page says otherwise. */
  get scale(): number {
    return scaleOfZoom(this.zoom);
  }

  fit(mode: "width" | "page"): void {
    this.#keeping({ x: this.room.w / 2, y: this.room.h / 3 }, () => {
      this.mode = mode;
    });
  }

  setZoom(zoom: number, about?: Point): void {
    const middle = { x: this.room.w / 2, y: this.room.h / 2 };
    this.#keeping(about ?? middle, () => {
      this.#freeZoom = clampZoom(zoom);
      this.mode = "free";
    });
  }

  step(direction: 1 | -1): void {
    this.setZoom(nextZoom(this.zoom, direction));
  }

  /** `at` in CSS pixels of the window. */
  wheel(delta: number, at: Point): void {
    const box = this.#element?.getBoundingClientRect();
    if (!box) return;
    this.setZoom(wheelZoom(this.zoom, delta), { x: at.x - box.left, y: at.y - box.top });
  }

  scrollToPage(id: PageId): void {
    const page = this.page(id);
    if (page) this.#scrollTo({ x: this.scroll.x, y: page.top - MARGIN / 2 });
  }

  scrollToTop(y: number): void {
    this.#scrollTo({ x: this.scroll.x, y });
  }

  /** Scrolls no further than needed for the rectangle to be seen with some room around it. */
  reveal(id: PageId, rect: Rect): void {
    const page = this.page(id);
    if (!page) return;
    const corner = toPixels(page, rect);
    const end = toPixels(page, { x: rect.x + rect.w, y: rect.y + rect.h });
    const x = nearest(this.scroll.x, this.room.w, corner.x, end.x);
    const y = nearest(this.scroll.y, this.room.h, corner.y, end.y);
    if (x !== this.scroll.x || y !== this.scroll.y) this.#scrollTo({ x, y });
  }

  /** Whether any of it is in the pane. */
  isSeen(id: PageId, rect: Rect): boolean {
    const page = this.page(id);
    if (!page) return false;
    const top = toPixels(page, rect).y - this.scroll.y;
    return top < this.room.h && top + rect.h * page.scale > 0;
  }

  /** Scrolls while a dragged thing hangs near the pane's upper or lower edge. True if it did. */
  scrollAtEdge(at: Point): boolean {
    const box = this.#element?.getBoundingClientRect();
    if (!box || !this.#element || at.x < box.left || at.x > box.right) return false;
    const depth = 48;
    const above = depth - (at.y - box.top);
    const below = depth - (box.bottom - at.y);
    const speed = above > 0 ? -Math.min(above, depth) : below > 0 ? Math.min(below, depth) : 0;
    if (speed === 0) return false;
    const before = this.#element.scrollTop;
    this.#element.scrollTop = before + speed / 3;
    this.onScroll();
    return this.#element.scrollTop !== before;
  }

  /** The middle of what is seen of a page, in points of the page. */
  middleOf(id: PageId): Point | null {
    const page = this.page(id);
    if (!page) return null;
    const top = Math.max(page.top, this.scroll.y);
    const bottom = Math.min(page.top + page.height, this.scroll.y + this.room.h);
    const left = Math.max(page.left, this.scroll.x);
    const right = Math.min(page.left + page.width, this.scroll.x + this.room.w);
    if (bottom <= top || right <= left) return { x: page.size.w / 2, y: page.size.h / 2 };
    return toPoints(page, { x: (left + right) / 2, y: (top + bottom) / 2 });
  }

  /** Does `change` so that what stands at a point of the viewport still stands there afterwards. */
  #keeping(inView: Point, change: () => void): void {
    // It may have been scrolled in this very frame, which is told only with the next.
    this.onScroll();
    const anchor = anchorAt(this.layout, this.scroll, inView);
    change();
    const target = anchor && scrollFor(this.layout, anchor);
    if (!target || !this.#element) return;
    // Told first, so that what is near is never looked for at the old place in the new layout.
    this.scroll = target;
    // The area must have its new size before it can be scrolled there.
    flushSync();
    this.#scrollTo(target);
  }

  #scrollTo(to: Point): void {
    if (!this.#element) return;
    this.#element.scrollLeft = to.x;
    this.#element.scrollTop = to.y;
    this.onScroll();
  }

  /** A point of the window in the scrolled area, or null outside of the pane. */
  inside(at: Point): Point | null {
    const box = this.#element?.getBoundingClientRect();
    if (!box || at.x < box.left || at.x > box.right || at.y < box.top || at.y > box.bottom) {
      return null;
    }
    return this.#toArea(at);
  }

  #toArea(at: Point): Point | null {
    const box = this.#element?.getBoundingClientRect();
    return box ? { x: at.x - box.left + this.scroll.x, y: at.y - box.top + this.scroll.y } : null;
  }

  /** The window may be moved to a screen of another density. */
  #watchDensity(): () => void {
    let query: MediaQueryList | null = null;
    const watch = () => {
      query = globalThis.matchMedia?.(`(resolution: ${globalThis.devicePixelRatio}dppx)`) ?? null;
      query?.addEventListener("change", onChange, { once: true });
    };
    const onChange = () => {
      const next = globalThis.devicePixelRatio || 1;
      // Sizes are rounded to other pixels now, which adds up over the pages above.
      if (next !== this.dpr) {
        this.#keeping({ x: this.room.w / 2, y: this.room.h / 3 }, () => {
          this.dpr = next;
        });
      }
      watch();
    };
    // It may have been moved before anybody watched.
    onChange();
    return () => query?.removeEventListener("change", onChange);
  }
}

function nearest(scroll: number, room: number, from: number, to: number): number {
  if (from < scroll + MARGIN) return Math.max(0, from - 2 * MARGIN);
  if (to > scroll + room - MARGIN) return Math.min(from - MARGIN, to - room + 2 * MARGIN);
  return scroll;
}
