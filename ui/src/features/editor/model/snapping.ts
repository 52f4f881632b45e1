/**
 * What a moving rectangle comes to rest at: other fields, the page's middle and its words, ruled
 * lines, and equal gaps. All in points of one page; how near is near enough is the caller's to say,
 * so that it is the same for the hand at every zoom.
 */
import type { PageRun, PageShape, Rect, Size } from "../../../host/bindings";

/** Which part of a rectangle, from left to right or from top to bottom. */
export type Part = "start" | "middle" | "end";
type Axis = "x" | "y";

/** A line across the page, and how far it is worth drawing. */
type Line = { at: number; from: number; to: number; parts: readonly Part[] };
/** `x` holds upright lines, `y` lying ones. */
export type Lines = Record<Axis, Line[]>;

/** A row of letters: where they stand, from where to where. */
export type Baseline = { y: number; from: number; to: number };

/** What is drawn while something lines up. */
export type Guide =
  | { what: "line"; axis: Axis; at: number; from: number; to: number }
  /** As wide as another gap: between rectangles in a row or a column. */
  | { what: "gap"; axis: Axis; from: number; to: number; across: number };

export type Snapped = { by: { x: number; y: number }; guides: Guide[] };

export const ALL: readonly Part[] = ["start", "middle", "end"];
const EDGES: readonly Part[] = ["start", "end"];
const MIDDLE: readonly Part[] = ["middle"];
const END: readonly Part[] = ["end"];
/** Lines that lie no further apart are one, in points. */
const SAME = 0.05;

/** Of the runs that lie straight: nothing is lined up with what leans. */
export function baselinesOf(runs: PageRun[]): Baseline[] {
  return runs.flatMap(({ x, angle, baseline, spans }) => {
    const last = spans[spans.length - 1];
    return angle === 0 && last ? [{ y: baseline, from: x, to: x + last[1] }] : [];
  });
}

export function linesOf(
  page: Size,
  others: Rect[],
  baselines: Baseline[],
  shapes: PageShape[],
): Lines {
  const x: Line[] = [{ at: page.w / 2, from: 0, to: page.h, parts: MIDDLE }];
  const y: Line[] = [{ at: page.h / 2, from: 0, to: page.w, parts: MIDDLE }];
  for (const rect of others) {
    outline(rect, x, y);
    x.push({ at: rect.x + rect.w / 2, from: rect.y, to: rect.y + rect.h, parts: MIDDLE });
    y.push({ at: rect.y + rect.h / 2, from: rect.x, to: rect.x + rect.w, parts: MIDDLE });
  }
  // What is written stands on the line, as the words beside it do.
  for (const { y: at, from, to } of baselines) y.push({ at, from, to, parts: END });
  if (baselines.length > 0) {
    const left = Math.min(...baselines.map(({ from }) => from));
    const right = Math.max(...baselines.map(({ to }) => to));
    x.push({ at: left, from: 0, to: page.h, parts: ["start"] });
    x.push({ at: right, from: 0, to: page.h, parts: END });
  }
  for (const { kind, rect } of shapes) {
    if (kind === "horizontal_rule" || kind === "leader") {
      y.push({ at: rect.y, from: rect.x, to: rect.x + rect.w, parts: EDGES });
      x.push({ at: rect.x, from: rect.y, to: rect.y, parts: ["start"] });
      x.push({ at: rect.x + rect.w, from: rect.y, to: rect.y, parts: END });
    } else if (kind === "vertical_rule") {
      x.push({ at: rect.x + rect.w / 2, from: rect.y, to: rect.y + rect.h, parts: EDGES });
    } else {
      outline(rect, x, y);
    }
  }
  return { x, y };
}

function outline(rect: Rect, x: Line[], y: Line[]): void {
  const { x: left, y: top } = rect;
  const [right, bottom] = [left + rect.w, top + rect.h];
  x.push({ at: left, from: top, to: bottom, parts: EDGES });
  x.push({ at: right, from: top, to: bottom, parts: EDGES });
  y.push({ at: top, from: left, to: right, parts: EDGES });
  y.push({ at: bottom, from: left, to: right, parts: EDGES });
}

/**
 * How far `rect` still has to go. `parts` are those that move: all of them, or the edges that a
 * handle holds. Gaps are made equal only when the whole rectangle moves.
 */
export function snap(
  rect: Rect,
  parts: Record<Axis, readonly Part[]>,
  lines: Lines,
  others: Rect[],
  reach: number,
): Snapped {
  const isMove = parts.x.length === ALL.length && parts.y.length === ALL.length;
  const gaps = isMove ? { x: gapsOf("x", rect, others), y: gapsOf("y", rect, others) } : NO_GAPS;
  const by = {
    x: nearest("x", rect, parts.x, lines.x, gaps.x, reach),
    y: nearest("y", rect, parts.y, lines.y, gaps.y, reach),
  };
  const there = { ...rect, x: rect.x + by.x, y: rect.y + by.y };
  const ends = isMove ? there : resizedBy(rect, parts, by);
  return {
    by,
    guides: [
      ...guidesAlong("x", ends, parts.x, lines.x),
      ...guidesAlong("y", ends, parts.y, lines.y),
      ...(isMove ? equalGaps("x", there, others) : []),
      ...(isMove ? equalGaps("y", there, others) : []),
    ],
  };
}

function resizedBy(
  rect: Rect,
  parts: Record<Axis, readonly Part[]>,
  by: { x: number; y: number },
): Rect {
  const [x, w] = stretched(rect.x, rect.w, parts.x, by.x);
  const [y, h] = stretched(rect.y, rect.h, parts.y, by.y);
  return { x, y, w, h };
}

function stretched(start: number, length: number, parts: readonly Part[], by: number) {
  if (parts.includes("start")) return [start + by, length - by] as const;
  return [start, parts.includes("end") ? length + by : length] as const;
}

const start = (axis: Axis, rect: Rect) => rect[axis];
const length = (axis: Axis, rect: Rect) => (axis === "x" ? rect.w : rect.h);
const end = (axis: Axis, rect: Rect) => start(axis, rect) + length(axis, rect);
const other = (axis: Axis): Axis => (axis === "x" ? "y" : "x");

function place(axis: Axis, rect: Rect, part: Part): number {
  const share = { start: 0, middle: 0.5, end: 1 }[part];
  return start(axis, rect) + share * length(axis, rect);
}

/** The shortest way to a line or to an equal gap; zero when none is within reach. */
function nearest(
  axis: Axis,
  rect: Rect,
  parts: readonly Part[],
  lines: Line[],
  gaps: number[],
  reach: number,
): number {
  let best: number | null = null;
  const offer = (by: number) => {
    if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best))) best = by;
  };
  for (const part of parts) {
    const at = place(axis, rect, part);
    for (const line of lines) if (line.parts.includes(part)) offer(line.at - at);
  }
  for (const wanted of gaps) offer(wanted - start(axis, rect));
  return best ?? 0;
}

function guidesAlong(axis: Axis, rect: Rect, parts: readonly Part[], lines: Line[]): Guide[] {
  const found = new Map<number, Guide & { what: "line" }>();
  const across = other(axis);
  for (const part of parts) {
    const at = place(axis, rect, part);
    for (const line of lines) {
      if (!line.parts.includes(part) || Math.abs(line.at - at) > SAME) continue;
      const from = Math.min(line.from, start(across, rect));
      const to = Math.max(line.to, end(across, rect));
      const key = Math.round(line.at / SAME);
      const known = found.get(key);
      found.set(key, {
        what: "line",
        axis,
        at: line.at,
        from: Math.min(from, known?.from ?? from),
        to: Math.max(to, known?.to ?? to),
      });
    }
  }
  return [...found.values()];
}

const NO_GAPS: Record<Axis, number[]> = { x: [], y: [] };

/** Those that stand beside `rect` in one row (`x`) or above and below it (`y`), in order. */
function neighbours(axis: Axis, rect: Rect, others: Rect[]): Rect[] {
  const across = other(axis);
  return others
    .filter((it) => start(across, it) < end(across, rect) && end(across, it) > start(across, rect))
    .sort((a, b) => start(axis, a) - start(axis, b));
}

/** Where `rect` would have to start for a gap beside it to be as wide as another one. */
function gapsOf(axis: Axis, rect: Rect, others: Rect[]): number[] {
  const row = neighbours(axis, rect, others);
  const wanted: number[] = [];
  for (const [index, first] of row.entries()) {
    const second = row[index + 1];
    if (!second) break;
    const gap = start(axis, second) - end(axis, first);
    if (gap <= 0) continue;
    wanted.push(end(axis, second) + gap, start(axis, first) - gap - length(axis, rect));
    if (gap >= length(axis, rect)) {
      wanted.push(end(axis, first) + (gap - length(axis, rect)) / 2);
    }
  }
  return wanted;
}

/** The gaps beside `rect` that are as wide as another in its row, and those others. */
function equalGaps(axis: Axis, rect: Rect, others: Rect[]): Guide[] {
  const row = [...neighbours(axis, rect, others), rect].sort(
    (a, b) => start(axis, a) - start(axis, b),
  );
  const at = row.indexOf(rect);
  const gaps = row.slice(1).map((second, index) => {
    const first = row[index] ?? second;
    return { first, second, width: start(axis, second) - end(axis, first), index };
  });
  const mine = gaps.filter(({ index }) => index === at || index === at - 1);
  const equal = new Set<(typeof gaps)[number]>();
  for (const gap of mine) {
    for (const twin of gaps) {
      if (twin !== gap && gap.width > 0 && Math.abs(twin.width - gap.width) <= SAME) {
        equal.add(gap).add(twin);
      }
    }
  }
  const across = other(axis);
  const shown = [...equal].sort((a, b) => a.index - b.index);
  return shown.map(({ first, second }) => ({
    what: "gap" as const,
    axis,
    from: end(axis, first),
    to: start(axis, second),
    across:
      (Math.max(start(across, first), start(across, second)) +
        Math.min(end(across, first), end(across, second))) /
      2,
  }));
}
