/** What is written on the pages of made-up drafts: a heading and some lines, scans excepted. */
import type { Page, PageRun, Rect, SearchHits } from "../../src/host/bindings";
import { displayedSize } from "../../src/features/editor/model/geometry";

const WORDS =
  "the client shall give the provider in good time all information and access that the services require and neither party may assign this agreement without consent of the other".split(
    " ",
  );
const SEARCHED_AT_ONCE = 4;
/** Few, so that looking at every element does not take long. */
const LINES = 12;

/** Every ninth page is a scan. */
const isScan = (page: Page) => page.index % 9 === 8;

export function runsOf(page: Page): PageRun[] {
  if (isScan(page)) return [];
  const { w, h } = displayedSize(page.geometry);
  const heading = run(`Article ${page.index + 1}`, 60, 70, 22, 0.5);
  const lines = Array.from({ length: Math.min(LINES, Math.floor((h - 190) / 17)) }, (_, line) => {
    const start = (line * 5 + page.index) % WORDS.length;
    const words = [...WORDS, ...WORDS].slice(start, start + 13).join(" ");
    return run(words, 60, 132 + line * 17, 10, Math.min(0.5, (w - 120) / words.length / 10));
  });
  return [heading, ...lines];
}

/** Each letter is `wide` font sizes wide. */
function run(text: string, x: number, y: number, size: number, wide: number): PageRun {
  const spans = Array.from(text, (_, index): [number, number] => [
    index * size * wide,
    (index + 1) * size * wide,
  ]);
  return { text, x, y, angle: 0, size, baseline: y + 0.8 * size, spans };
}

/** As the engine answers, but only within lines and without regard to accents. */
export function searchIn(pages: Page[], text: string, from: string | null): SearchHits {
  const start = from === null ? 0 : pages.findIndex(({ id }) => id === from);
  const looked = pages.slice(start, start + SEARCHED_AT_ONCE);
  return {
    pages: looked.map((page) => ({
      page: page.id,
      hits: runsOf(page).flatMap((each) => hitsIn(each, text.trim().toLowerCase())),
      hasText: !isScan(page),
    })),
    next: pages[start + SEARCHED_AT_ONCE]?.id ?? null,
  };
}

function hitsIn(run: PageRun, wanted: string): Rect[][] {
  const hits: Rect[][] = [];
  const text = run.text.toLowerCase();
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const left = run.spans[at]?.[0] ?? 0;
    const right = run.spans[at + wanted.length - 1]?.[1] ?? left;
    hits.push([{ x: run.x + left, y: run.y, w: right - left, h: run.size }]);
  }
  return hits;
}
