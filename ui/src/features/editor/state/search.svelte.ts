/** Finding words on the pages of a draft: what was found so far, and which hit is looked at. */
import { flushSync } from "svelte";
import type { PageId, Rect, SearchedPage, SearchHits } from "../../../host/bindings";
import type { Viewport } from "./viewport.svelte";

export type Hit = {
  page: PageId;
  /** Counted on its page. */
  place: number;
  /** A rectangle a line. */
  rects: Rect[];
};

/** Whoever finds more has to ask for something else. */
const MOST = 1000;
/** Words are typed letter by letter. */
const PAUSE = 180;

export class Search {
  isOpen = $state(false);
  text = $state("");
  state = $state<"idle" | "searching" | "done" | "failed">("idle");
  /** Counts how often somebody asked for the bar: each time its text is selected. */
  asked = $state(0);
  #pages = $state.raw<Readonly<Record<PageId, SearchedPage>>>({});
  /** The page where looking began; null for the first. */
  #start = $state.raw<PageId | null>(null);
  #chosen = $state.raw<{ page: PageId; place: number } | null>(null);
  #ask: (text: string, from: PageId | null) => Promise<SearchHits>;
  #order: () => PageId[];
  #viewport: Viewport;
  #run = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #before: Element | null = null;

  /** `order`: the draft's pages; `ask`: one look at some of them. */
  constructor(
    ask: (text: string, from: PageId | null) => Promise<SearchHits>,
    order: () => PageId[],
    viewport: Viewport,
  ) {
    this.#ask = ask;
    this.#order = order;
    this.#viewport = viewport;
  }

  /**
   * What is shown of each page. Pages count in the order in which they are looked at, so that what
   * is found later takes the place of nothing that is there.
   */
  #kept = $derived.by(() => {
    const order = this.#order();
    const start = this.#start === null ? 0 : Math.max(0, order.indexOf(this.#start));
    const kept: Record<PageId, Rect[][]> = {};
    let room = MOST;
    for (const page of [...order.slice(start), ...order.slice(0, start)]) {
      const found = this.#pages[page]?.hits ?? [];
      kept[page] = found.slice(0, Math.max(0, room));
      room -= found.length;
    }
    return { kept, isCut: room < 0 };
  });

  hits = $derived.by<Hit[]>(() =>
    this.#order().flatMap((page) =>
      (this.#kept.kept[page] ?? []).map((rects, place) => ({ page, place, rects })),
    ),
  );

  /** There are more than are shown. */
  isCut = $derived.by(() => this.#kept.isCut);

  /** The number of the page from which on hits are shown. */
  startNumber = $derived.by(() =>
    this.#start === null ? 1 : Math.max(0, this.#order().indexOf(this.#start)) + 1,
  );

  /** Index of the hit that is looked at, or -1. */
  current = $derived.by(() => {
    const chosen = this.#chosen;
    return this.hits.findIndex((hit) => hit.page === chosen?.page && hit.place === chosen.place);
  });

  pagesLookedAt = $derived.by(() => Object.keys(this.#pages).length);

  /** Scans, most likely. */
  pagesWithoutText = $derived.by(
    () => Object.values(this.#pages).filter(({ hasText }) => !hasText).length,
  );

  #byPage = $derived.by(() => {
    const byPage: Record<PageId, { hit: Hit; isCurrent: boolean }[]> = {};
    for (const [index, hit] of this.hits.entries()) {
      (byPage[hit.page] ??= []).push({ hit, isCurrent: index === this.current });
    }
    return byPage;
  });

  onPage(page: PageId): { hit: Hit; isCurrent: boolean }[] {
    return this.#byPage[page] ?? [];
  }

  show(): void {
    if (!this.isOpen) {
      this.#before = document.activeElement;
      this.isOpen = true;
      this.again();
    }
    this.asked += 1;
  }

  /** Returns what had the focus before, if it is still there. */
  close(): HTMLElement | null {
    this.isOpen = false;
    this.#forget();
    this.state = "idle";
    const before = this.#before;
    this.#before = null;
    const canTake = before instanceof HTMLElement && before.isConnected;
    return canTake && before !== document.body ? before : null;
  }

  type(text: string): void {
    this.text = text;
    this.#forget();
    this.state = text.trim() === "" ? "idle" : "searching";
    this.#pause = setTimeout(() => void this.#search(), PAUSE);
  }

  /** The pages are others, or the last search failed. */
  again(): void {
    this.#forget();
    void this.#search();
  }

  step(direction: 1 | -1): void {
    if (!this.isOpen) return this.show();
    if (this.state === "failed") return this.again();
    const { hits, current } = this;
    const start = current < 0 && direction < 0 ? 0 : current;
    const next = hits[(start + direction + hits.length) % hits.length];
    if (next) this.#choose(next);
  }

  #forget(): void {
    clearTimeout(this.#pause);
    this.#run += 1;
    this.#pages = {};
    this.#chosen = null;
  }

  /** From the page that is looked at to the last, then from the first: near hits come first. */
  async #search(): Promise<void> {
    const run = this.#run;
    const { text } = this;
    if (text.trim() === "") {
      this.state = "idle";
      return;
    }
    this.state = "searching";
    let from = this.#viewport.current?.id ?? null;
    this.#start = from;
    let hasTurned = from === null || from === this.#order()[0];
    for (;;) {
      let found: SearchHits;
      try {
        found = await this.#ask(text, from);
      } catch {
        if (run === this.#run) this.state = "failed";
        return;
      }
      // Something else is looked for meanwhile.
      if (run !== this.#run) return;
      this.#take(found.pages);
      if (found.next === null && !hasTurned && !this.isCut) {
        hasTurned = true;
        from = null;
      } else if (found.next === null || this.isCut || found.next in this.#pages) {
        this.state = "done";
        return;
      } else {
        from = found.next;
      }
    }
  }

  #take(pages: SearchedPage[]): void {
    this.#pages = { ...this.#pages, ...Object.fromEntries(pages.map((page) => [page.page, page])) };
    const first = pages.find(({ hits }) => hits.length > 0);
    const rects = first?.hits[0];
    if (!this.#chosen && first && rects) this.#choose({ page: first.page, place: 0, rects });
  }

  #choose(hit: Hit): void {
    this.#chosen = { page: hit.page, place: hit.place };
    const [first] = hit.rects;
    // The bar may have just come and taken some of the pages' room.
    flushSync();
    if (first) this.#viewport.reveal(hit.page, first);
  }
}
