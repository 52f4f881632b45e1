import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  centredAt,
  clampToPage,
  displayedSize,
  fromMillimetres,
  HANDLES,
  resized,
  scaleOfZoom,
  tidy,
  toMillimetres,
  zoomOfScale,
} from "./geometry";

const A4 = { w: 595.28, h: 841.89 };
const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const pages = fc.record({ w: number(60, 3000), h: number(60, 3000) });
/** A rectangle that lies on its page, as shares of the page. */
const shares = fc.record({
  x: number(0, 0.7),
  y: number(0, 0.7),
  w: number(0.05, 0.3),
  h: number(0.05, 0.3),
});

describe("displayed size", () => {
  const visible = { llx: 10, lly: 20, urx: 210, ury: 120 };
  test.each([
    ["none", { w: 200, h: 100 }],
    ["quarter", { w: 100, h: 200 }],
    ["half", { w: 200, h: 100 }],
    ["three_quarters", { w: 100, h: 200 }],
  ] as const)("a page turned by %s is shown upright", (rotation, expected) => {
    expect(displayedSize({ visible, rotation, user_unit: 1 })).toEqual(expected);
  });

  test("the user unit scales the page", () => {
    expect(displayedSize({ visible, rotation: "none", user_unit: 2.5 })).toEqual({
      w: 500,
      h: 250,
    });
  });
});

test("a zoom of 1 shows 72 points on 96 CSS pixels", () => {
  expect(scaleOfZoom(1) * 72).toBe(96);
  expect(zoomOfScale(scaleOfZoom(1.37))).toBeCloseTo(1.37, 12);
});

test("millimetres and points are inverse to each other", () => {
  expect(toMillimetres(72)).toBeCloseTo(25.4, 12);
  fc.assert(
    fc.property(number(0, 5000), (points) => {
      expect(fromMillimetres(toMillimetres(points))).toBeCloseTo(points, 8);
    }),
  );
});

test("a clamped rectangle lies on its page and keeps its size where it can", () => {
  fc.assert(
    fc.property(
      number(-5000, 5000),
      number(-5000, 5000),
      number(1, 3000),
      number(1, 3000),
      (x, y, w, h) => {
        const rect = clampToPage({ x, y, w, h }, A4);
        expect(rect.x).toBeGreaterThanOrEqual(0);
        expect(rect.y).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.w).toBeLessThanOrEqual(A4.w + 1e-9);
        expect(rect.y + rect.h).toBeLessThanOrEqual(A4.h + 1e-9);
        expect(rect.w).toBe(Math.min(w, A4.w));
        expect(rect.h).toBe(Math.min(h, A4.h));
      },
    ),
  );
});

test("a stamp lands with its middle under the pointer, or whole on the page", () => {
  expect(centredAt({ x: 300, y: 400 }, { w: 180, h: 60 }, A4)).toEqual({
    x: 210,
    y: 370,
    w: 180,
    h: 60,
  });
  expect(centredAt({ x: 5, y: 839 }, { w: 180, h: 60 }, A4)).toEqual({
    x: 0,
    y: A4.h - 60,
    w: 180,
    h: 60,
  });
});

describe("resizing", () => {
  const least = { w: 40, h: 20 };
  const start = { x: 100, y: 100, w: 180, h: 60 };

  test.each([
    ["nw", { x: 110, y: 105, w: 170, h: 55 }],
    ["n", { x: 100, y: 105, w: 180, h: 55 }],
    ["ne", { x: 100, y: 105, w: 190, h: 55 }],
    ["e", { x: 100, y: 100, w: 190, h: 60 }],
    ["se", { x: 100, y: 100, w: 190, h: 65 }],
    ["s", { x: 100, y: 100, w: 180, h: 65 }],
    ["sw", { x: 110, y: 100, w: 170, h: 65 }],
    ["w", { x: 110, y: 100, w: 170, h: 60 }],
  ] as const)("the handle %s moves its own edges only", (handle, expected) => {
    expect(resized(start, handle, { x: 10, y: 5 }, least, A4)).toEqual(expected);
  });

  test("no handle, however far it is pulled, leaves the page or gets below the least size", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...HANDLES),
        pages,
        shares,
        number(-4000, 4000),
        number(-4000, 4000),
        (handle, page, share, x, y) => {
          const rect = {
            x: share.x * page.w,
            y: share.y * page.h,
            w: share.w * page.w,
            h: share.h * page.h,
          };
          const result = resized(rect, handle, { x, y }, least, page);
          expect(result.x).toBeGreaterThanOrEqual(-1e-9);
          expect(result.y).toBeGreaterThanOrEqual(-1e-9);
          expect(result.x + result.w).toBeLessThanOrEqual(page.w + 1e-9);
          expect(result.y + result.h).toBeLessThanOrEqual(page.h + 1e-9);
          expect(result.w).toBeGreaterThanOrEqual(Math.min(least.w, rect.w) - 1e-9);
          expect(result.h).toBeGreaterThanOrEqual(Math.min(least.h, rect.h) - 1e-9);
          // The edges that the handle does not name stand still.
          if (!handle.includes("w")) expect(result.x).toBe(rect.x);
          if (!handle.includes("n")) expect(result.y).toBe(rect.y);
          if (!handle.includes("e")) expect(result.x + result.w).toBeCloseTo(rect.x + rect.w, 8);
          if (!handle.includes("s")) expect(result.y + result.h).toBeCloseTo(rect.y + rect.h, 8);
        },
      ),
    );
  });
});

test("tidying moves no edge by more than a hundredth of a point", () => {
  fc.assert(
    fc.property(pages, shares, (page, share) => {
      const rect = {
        x: share.x * page.w,
        y: share.y * page.h,
        w: share.w * page.w,
        h: share.h * page.h,
      };
      const tidied = tidy(rect);
      expect(Math.abs(tidied.x - rect.x)).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(Math.abs(tidied.x + tidied.w - rect.x - rect.w)).toBeLessThanOrEqual(0.01 + 1e-9);
    }),
  );
});
