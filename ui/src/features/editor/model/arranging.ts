/** Several fields brought into order among themselves, in points of their pages. */
import type { Rect, Size } from "../../../host/bindings";

export const ALIGNMENTS = ["left", "centre", "right", "top", "middle", "bottom"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export type Direction = "across" | "down";

/** Each to the same edge or middle of what they cover together. */
export function aligned(rects: readonly Rect[], how: Alignment): Rect[] {
  const { x, y, w, h } = around(rects);
  const place: Record<Alignment, (rect: Rect) => Partial<Rect>> = {
    left: () => ({ x }),
    centre: (rect) => ({ x: x + (w - rect.w) / 2 }),
    right: (rect) => ({ x: x + w - rect.w }),
    top: () => ({ y }),
    middle: (rect) => ({ y: y + (h - rect.h) / 2 }),
    bottom: (rect) => ({ y: y + h - rect.h }),
  };
  return rects.map((rect) => ({ ...rect, ...place[how](rect) }));
}

/** Equal gaps between them; the first and the last stay. Fewer than three have nothing between. */
export function distributed(rects: readonly Rect[], direction: Direction): Rect[] {
  const [start, length] = direction === "across" ? (["x", "w"] as const) : (["y", "h"] as const);
  const order = [...rects.keys()].sort((a, b) => at(rects, a)[start] - at(rects, b)[start]);
  const [first, last] = [order[0], order[order.length - 1]];
  if (rects.length < 3 || first === undefined || last === undefined) return [...rects];
  const whole = at(rects, last)[start] + at(rects, last)[length] - at(rects, first)[start];
  const filled = rects.reduce((sum, rect) => sum + rect[length], 0);
  const gap = (whole - filled) / (rects.length - 1);
  const placed = [...rects];
  let next = at(rects, first)[start];
  for (const index of order) {
    const rect = at(rects, index);
    placed[index] = { ...rect, [start]: next };
    next += rect[length] + gap;
  }
  return placed;
}

/** All as large as this; each keeps its upper left corner. */
export function sized(rects: readonly Rect[], size: Size): Rect[] {
  return rects.map(({ x, y }) => ({ x, y, w: size.w, h: size.h }));
}

/** The smallest rectangle that holds them all. */
export function around(rects: readonly Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return {
    x,
    y,
    w: Math.max(...rects.map((rect) => rect.x + rect.w)) - x,
    h: Math.max(...rects.map((rect) => rect.y + rect.h)) - y,
  };
}

function at(rects: readonly Rect[], index: number): Rect {
  const rect = rects[index];
  if (!rect) throw new RangeError("no such rectangle");
  return rect;
}
