import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atCorner, CORNERS, nearestCorner, pagesOf, typedPages } from "./repeating";

describe("typed pages", () => {
  test.each([
    ["2-5,9", [2, 3, 4, 5, 9]],
    [" 2 – 5 ; 9 ", [2, 3, 4, 5, 9]],
    ["5-2", [2, 3, 4, 5]],
    ["9,3,3", [3, 9]],
    ["8-", [8, 9, 10]],
    ["-2", [1, 2]],
    ["7,", [7]],
  ])("%s", (typed, pages) => {
    expect(typedPages(typed, 10)).toEqual(pages);
  });

  test.each(["", " , ", "0", "11", "3-11", "two", "2--4", "-", "1.5", "3 4-"])(
    "%j names no pages of ten",
    (typed) => {
      expect(typedPages(typed, 10)).toBeNull();
    },
  );

  test("whatever is typed names pages of the document, each once and in order, or none", () => {
    const typed = fc.stringMatching(/^[0-9,;\- ]{0,12}$/u);
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 300 }), (typed, count) => {
        const pages = typedPages(typed, count) ?? [1];
        expect(pages.length).toBeGreaterThan(0);
        expect(pages).toEqual([...new Set(pages)].sort((a, b) => a - b));
        expect(pages.every((page) => page >= 1 && page <= count)).toBe(true);
      }),
    );
  });
});

test.each([
  ["all", [1, 2, 3, 4, 5]],
  ["all_but_first", [2, 3, 4, 5]],
  ["all_but_last", [1, 2, 3, 4]],
  ["odd", [1, 3, 5]],
  ["even", [2, 4]],
] as const)("%s of five pages", (choice, pages) => {
  expect(pagesOf(choice, "", 5)).toEqual(pages);
});

describe("pages of another size", () => {
  const a4 = { w: 595, h: 842 };
  const landscape = { w: 842, h: 595 };
  const initials = { x: 520, y: 800, w: 60, h: 30 };

  test("it stands as far from the same corner", () => {
    expect(nearestCorner(initials, a4)).toBe("bottom_right");
    expect(atCorner(initials, "bottom_right", a4, landscape)).toEqual({
      x: 767,
      y: 553,
      w: 60,
      h: 30,
    });
    expect(atCorner(initials, "top_left", a4, landscape)).toEqual({
      x: 520,
      y: 565,
      w: 60,
      h: 30,
    });
  });

  test("it is on the page, whatever the page", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const size = fc.record({ w: number(1, 2000), h: number(1, 2000) });
    const rect = fc.record({
      x: number(0, 500),
      y: number(0, 500),
      w: number(8, 90),
      h: number(8, 90),
    });
    fc.assert(
      fc.property(rect, size, size, fc.constantFrom(...CORNERS), (rect, from, to, corner) => {
        const there = atCorner(rect, corner, from, to);
        expect(there.x).toBeGreaterThanOrEqual(0);
        expect(there.y).toBeGreaterThanOrEqual(0);
        expect(there.x + there.w).toBeLessThanOrEqual(to.w + 1e-9);
        expect(there.y + there.h).toBeLessThanOrEqual(to.h + 1e-9);
      }),
    );
  });
});
