import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rect } from "../../../host/bindings";
import { aligned, ALIGNMENTS, around, distributed, sized } from "./arranging";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const rect: fc.Arbitrary<Rect> = fc.record({
  x: number(0, 500),
  y: number(0, 800),
  w: number(8, 300),
  h: number(8, 200),
});
const several = fc.array(rect, { minLength: 2, maxLength: 8 });

describe("aligning", () => {
  const rects = [
    { x: 10, y: 20, w: 100, h: 40 },
    { x: 50, y: 200, w: 60, h: 20 },
  ];
  test.each([
    ["left", [10, 10], [20, 200]],
    ["centre", [10, 30], [20, 200]],
    ["right", [10, 50], [20, 200]],
    ["top", [10, 50], [20, 20]],
    ["middle", [10, 50], [100, 110]],
    ["bottom", [10, 50], [180, 200]],
  ] as const)("%s", (how, x, y) => {
    const placed = aligned(rects, how);
    expect(placed.map((it) => it.x)).toEqual(x);
    expect(placed.map((it) => it.y)).toEqual(y);
  });

  test("keeps sizes and what they cover together, and a second time changes nothing", () => {
    fc.assert(
      fc.property(several, fc.constantFrom(...ALIGNMENTS), (rects, how) => {
        const placed = aligned(rects, how);
        const [before, after] = [around(rects), around(placed)];
        const isAcross = ["left", "centre", "right"].includes(how);
        for (const [index, it] of placed.entries()) {
          expect([it.w, it.h]).toEqual([rects[index]?.w, rects[index]?.h]);
          const kept = isAcross ? it.y === rects[index]?.y : it.x === rects[index]?.x;
          expect(kept, "the other way they stay").toBe(true);
        }
        expect(after.x).toBeGreaterThanOrEqual(before.x - 1e-9);
        expect(after.x + after.w).toBeLessThanOrEqual(before.x + before.w + 1e-9);
        for (const [index, it] of aligned(placed, how).entries()) {
          expect(it.x).toBeCloseTo(placed[index]?.x ?? NaN, 6);
          expect(it.y).toBeCloseTo(placed[index]?.y ?? NaN, 6);
        }
      }),
    );
  });
});

describe("distributing", () => {
  test("makes the gaps equal, in whatever order they were selected", () => {
    const rects = [
      { x: 300, y: 0, w: 50, h: 10 },
      { x: 0, y: 5, w: 100, h: 10 },
      { x: 110, y: 9, w: 30, h: 10 },
    ];
    expect(distributed(rects, "across").map(({ x }) => x)).toEqual([300, 0, 185]);
  });

  test("two have nothing between them", () => {
    const rects = [
      { x: 0, y: 0, w: 10, h: 10 },
      { x: 90, y: 0, w: 10, h: 10 },
    ];
    expect(distributed(rects, "across")).toEqual(rects);
  });

  test("every gap is the same and the outer ones stay", () => {
    fc.assert(
      fc.property(fc.array(rect, { minLength: 3, maxLength: 8 }), (rects) => {
        const down = distributed(rects, "down").sort((a, b) => a.y - b.y || a.h - b.h);
        const ordered = [...rects].sort((a, b) => a.y - b.y);
        const sum = down.reduce((total, it) => total + it.h, 0);
        const last = ordered[ordered.length - 1];
        const whole = (last?.y ?? 0) + (last?.h ?? 0) - (ordered[0]?.y ?? 0);
        const gap = (whole - sum) / (rects.length - 1);
        // With room between them their order stays; without, they overlap by the same.
        if (gap < 0) return;
        expect(down[0]?.y).toBeCloseTo(ordered[0]?.y ?? NaN, 6);
        for (const [index, it] of down.slice(1).entries()) {
          const before = down[index];
          expect(it.y - (before?.y ?? 0) - (before?.h ?? 0)).toBeCloseTo(gap, 6);
        }
      }),
    );
  });
});

test("the same size keeps every upper left corner", () => {
  fc.assert(
    fc.property(several, (rects) => {
      const size = { w: 120, h: 40 };
      for (const [index, it] of sized(rects, size).entries()) {
        expect(it).toEqual({ x: rects[index]?.x, y: rects[index]?.y, ...size });
      }
    }),
  );
});
