/**
 * What is said of a rectangle while it is moved: advice, never a hindrance. All in points of the
 * displayed page.
 */
import type { Capabilities, FieldKind, PageRun, Rect, Size } from "../../../host/bindings";
import { leastSize } from "./edits";

export const ADVICE = ["off_page", "too_small", "smallest", "covers_text"] as const;
export type Advice = (typeof ADVICE)[number];

/** Shared borders and descenders are no cover. */
const TOUCH = 1;
/** The part of a run's height where its small letters stand. */
const TOP_OF_LETTERS = 0.3;
const BASELINE = 0.8;
/** Further words are not looked at: a move has to stay quick. */
const MOST_WORDS = 10_000;

/** Where letters and digits stand; leaders and lines to write on are there to be covered. */
export function wordsOf(runs: readonly PageRun[]): Rect[] {
  const words: Rect[] = [];
  for (const run of runs) {
    let from = Infinity;
    let to = -Infinity;
    const end = () => {
      if (from < to) words.push(box(run, from, to));
      from = Infinity;
      to = -Infinity;
    };
    for (const [index, letter] of [...run.text].entries()) {
      const span = run.spans[index];
      if (!span || !/[\p{L}\p{N}]/u.test(letter)) end();
      else {
        from = Math.min(from, ...span);
        to = Math.max(to, ...span);
      }
    }
    end();
    if (words.length >= MOST_WORDS) break;
  }
  return words;
}

/** What holds this stretch of a run, whichever way it runs. */
function box({ x, y, angle, size }: PageRun, from: number, to: number): Rect {
  const turn = (angle * Math.PI) / 180;
  const corners = [from, to].flatMap((along) =>
    [TOP_OF_LETTERS * size, BASELINE * size].map((below) => ({
      x: x + along * Math.cos(turn) - below * Math.sin(turn),
      y: y + along * Math.sin(turn) + below * Math.cos(turn),
    })),
  );
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, w: Math.max(...xs) - left, h: Math.max(...ys) - top };
}

/** How small it may be: as the provider has it, and high enough for its letters. */
export function leastLegible(kind: FieldKind, capabilities: Capabilities | null): Size {
  const { w, h } = leastSize(kind.type, capabilities);
  return { w, h: kind.type === "text" ? Math.max(h, kind.fontSize) : h };
}

export function adviceFor(
  rect: Rect,
  page: Size,
  least: Size,
  words: readonly Rect[],
): ReadonlySet<Advice> {
  const found = new Set<Advice>();
  if (
    rect.x < -TOUCH ||
    rect.y < -TOUCH ||
    rect.x + rect.w > page.w + TOUCH ||
    rect.y + rect.h > page.h + TOUCH
  ) {
    found.add("off_page");
  }
  if (rect.w < least.w - 0.01 || rect.h < least.h - 0.01) found.add("too_small");
  if (words.some((word) => doesCover(rect, word))) found.add("covers_text");
  return found;
}

/** Whether pulling makes it no smaller: the hand is told why it stops. */
export function isSmallest(rect: Rect, least: Size): boolean {
  const stops = (length: number, limit: number) => Math.abs(length - limit) <= 0.01;
  return stops(rect.w, least.w) || stops(rect.h, least.h);
}

function doesCover(rect: Rect, word: Rect): boolean {
  return (
    Math.min(rect.x + rect.w, word.x + word.w) - Math.max(rect.x, word.x) > TOUCH &&
    Math.min(rect.y + rect.h, word.y + word.h) - Math.max(rect.y, word.y) > TOUCH
  );
}
