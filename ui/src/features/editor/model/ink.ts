/**
 * How a mark is laid out in its box, in points: lines of words as small as they have to be, and the
 * drawing in what they leave, in its own proportions. The practice server prints the same; what
 * other providers print is alike as far as they say.
 */
import type { FieldKind, Size } from "../../../host/bindings";

const LARGEST = 8;
/** A row's height by the size of its letters. */
const ROW = 1.25;
/** Of the height, when there is a drawing as well. */
const SHARE_OF_WORDS = 0.58;
/** A name written by hand: so much wider than high. */
export const RATIO_OF_MARK = 3;

export type Ink = { margin: number; fontSize: number; rowHeight: number };

/** `rows`: how many lines stand above and below the drawing. */
export function inkOf({ w, h }: Size, rows: number): Ink {
  const margin = Math.min(Math.min(w, h) * 0.05, 3);
  const inner = Math.max(0, h - 2 * margin);
  const fontSize = rows === 0 ? 0 : Math.min((inner * SHARE_OF_WORDS) / (rows * ROW), LARGEST);
  return { margin, fontSize, rowHeight: fontSize * ROW };
}

export function linesOf(kind: FieldKind): { above: string; below: string } {
  return kind.type === "signature"
    ? { above: kind.mentionAbove.trim(), below: kind.mentionBelow.trim() }
    : { above: "", below: "" };
}
