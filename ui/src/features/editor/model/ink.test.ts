import { expect, test } from "vitest";
import { inkOf, linesOf } from "./ink";

test("words are as large as is usual where there is room, and smaller where there is not", () => {
  expect(inkOf({ w: 180, h: 60 }, 2).fontSize).toBe(8);
  const { margin, fontSize, rowHeight } = inkOf({ w: 60, h: 30 }, 2);
  expect(fontSize).toBeLessThan(8);
  // Words and margins leave room for the mark.
  expect(2 * rowHeight + 2 * margin).toBeLessThan(0.7 * 30);
});

test("a mark without words has all of the box but a margin", () => {
  expect(inkOf({ w: 180, h: 60 }, 0)).toEqual({ margin: 3, fontSize: 0, rowHeight: 0 });
});

test("initials have no lines", () => {
  expect(linesOf({ type: "initials" })).toEqual({ above: "", below: "" });
  const signature = { type: "signature" as const, mentionAbove: " Read ", mentionBelow: "" };
  expect(linesOf(signature)).toEqual({ above: "Read", below: "" });
});
