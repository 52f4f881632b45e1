import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { page } from "./fixtures";
import { scaleOfZoom } from "./geometry";
import {
  anchorAt,
  commonest,
  currentPage,
  layOut,
  pagesIn,
  pageUnder,
  scrollFor,
  toPixels,
  toPoints,
} from "./layout";
import { fitZoom, nextZoom, wheelZoom } from "./zoom";
import type { Document } from "../../../host/bindings";

function document(id: string, sizes: [number, number][]): Document {
  return {
    id,
    name: id,
    purpose: "to_sign",
    pages: sizes.map(([w, h], index) => page(`${id}${index + 1}`, w, h)),
    bytes: 1,
    signedBefore: false,
    cautions: [],
  };
}

const two = [
  document("a", [
    [595.28, 841.89],
    [841.89, 595.28],
    [297.6, 419.5],
  ]),
  document("b", [[595.28, 841.89]]),
];
const zooms = fc.double({ min: 0.25, max: 4, noNaN: true });
const ratios = fc.constantFrom(1, 1.25, 1.5, 2, 3);

describe("pages on screen", () => {
  test("pages are numbered through all documents and never overlap", () => {
    fc.assert(
      fc.property(zooms, ratios, (zoom, dpr) => {
        const { pages, height } = layOut(two, scaleOfZoom(zoom), dpr, 800);
        expect(pages.map((place) => place.number)).toEqual([1, 2, 3, 4]);
        expect(pages.map((place) => place.numberInDocument)).toEqual([1, 2, 3, 1]);
        for (const [index, place] of pages.entries()) {
          const next = pages[index + 1];
          const end = place.top + place.height;
          expect(end, "a page ends before the next begins").toBeLessThan(next ? next.top : height);
        }
      }),
    );
  });

  test("a page's picture is as wide as the page, to the device pixel", () => {
    fc.assert(
      fc.property(zooms, ratios, (zoom, dpr) => {
        const scale = scaleOfZoom(zoom);
        for (const place of layOut(two, scale, dpr, 800).pages) {
          expect(place.width * dpr).toBeCloseTo(place.pixels.w, 6);
          expect(place.height * dpr).toBeCloseTo(place.pixels.h, 6);
          expect([place.pixels.w, place.pixels.h].every(Number.isInteger)).toBe(true);
          expect(place.left * dpr).toBeCloseTo(Math.round(place.left * dpr), 6);
          expect(place.top * dpr).toBeCloseTo(Math.round(place.top * dpr), 6);
          expect(Math.abs(place.width - place.size.w * scale)).toBeLessThanOrEqual(
            0.5 / dpr + 1e-9,
          );
        }
      }),
    );
  });

  test("points to pixels and back is the same place at every zoom and density", () => {
    fc.assert(
      fc.property(
        zooms,
        ratios,
        fc.nat(3),
        fc.double({ min: -50, max: 900, noNaN: true }),
        fc.double({ min: -50, max: 900, noNaN: true }),
        (zoom, dpr, index, x, y) => {
          const place = layOut(two, scaleOfZoom(zoom), dpr, 800).pages[index];
          if (!place) throw new Error("four pages");
          const back = toPoints(place, toPixels(place, { x, y }));
          expect(back.x).toBeCloseTo(x, 8);
          expect(back.y).toBeCloseTo(y, 8);
        },
      ),
    );
  });

  test("a place on the page stands at the same share of its picture at every zoom", () => {
    for (const zoom of [0.25, 0.673, 1, 1.999, 4]) {
      const place = layOut(two, scaleOfZoom(zoom), 1, 800).pages[0];
      if (!place) throw new Error("four pages");
      const at = toPixels(place, { x: place.size.w / 4, y: 0 });
      expect((at.x - place.left) / place.width).toBeCloseTo(0.25, 10);
    }
  });

  test("the page under a point is the one whose rectangle holds it", () => {
    const layout = layOut(two, scaleOfZoom(1), 1, 800);
    for (const place of layout.pages) {
      const middle = { x: place.left + place.width / 2, y: place.top + place.height / 2 };
      expect(pageUnder(layout, middle)?.id).toBe(place.id);
      expect(pageUnder(layout, { x: place.left - 1, y: middle.y })).toBeNull();
      expect(pageUnder(layout, { x: middle.x, y: place.top - 2 })).toBeNull();
    }
  });

  test("only pages that touch the band are in it", () => {
    const many = [
      document(
        "a",
        Array.from({ length: 300 }, () => [595, 842] as [number, number]),
      ),
    ];
    const layout = layOut(many, scaleOfZoom(1), 1, 800);
    fc.assert(
      fc.property(fc.double({ min: 0, max: layout.height, noNaN: true }), (top) => {
        const [first, end] = pagesIn(layout, top, top + 900);
        const slow = layout.pages.filter(
          (place) => place.top <= top + 900 && place.top + place.height >= top,
        );
        expect(layout.pages.slice(first, end).map((place) => place.id)).toEqual(
          slow.map((place) => place.id),
        );
      }),
    );
  });

  test("the current page is the one that is seen most", () => {
    const layout = layOut(two, scaleOfZoom(1), 1, 800);
    const [first, second] = layout.pages;
    if (!first || !second) throw new Error("four pages");
    expect(currentPage(layout, 0, 700)?.number).toBe(1);
    expect(currentPage(layout, second.top - 100, 700)?.number).toBe(2);
    expect(currentPage(layout, layout.height + 500, 700)?.number).toBe(4);
    expect(currentPage(layOut([], 1, 1, 800), 0, 700)).toBeNull();
  });
});

test("zooming about a point leaves under it what was there", () => {
  fc.assert(
    fc.property(
      zooms,
      zooms,
      ratios,
      fc.double({ min: 30, max: 700, noNaN: true }),
      fc.double({ min: 60, max: 600, noNaN: true }),
      (from, to, dpr, x, y) => {
        const before = layOut(two, scaleOfZoom(from), dpr, 800);
        const scroll = { x: 40, y: 300 };
        const anchor = anchorAt(before, scroll, { x, y });
        if (!anchor) throw new Error("there are pages");
        const after = layOut(two, scaleOfZoom(to), dpr, 800);
        const target = scrollFor(after, anchor);
        if (!target || target.x === 0 || target.y === 0) return;
        const place = after.pages.find((candidate) => candidate.id === anchor.page);
        if (!place) throw new Error("the page stays");
        const there = toPixels(place, anchor.at);
        expect(there.x - target.x).toBeCloseTo(x, 6);
        expect(there.y - target.y).toBeCloseTo(y, 6);
      },
    ),
  );
});

test("the commonest page is what fitted zooms fit; one wide annex does not shrink a contract", () => {
  expect(commonest(two)).toEqual({ w: 595.28, h: 841.89 });
  expect(
    commonest([
      document("a", [
        [842, 595],
        [595, 842],
      ]),
    ]),
  ).toEqual({ w: 842, h: 595 });
  expect(commonest([])).toEqual({ w: 595, h: 842 });
});

describe("zoom", () => {
  const a4 = { w: 595, h: 842 };
  test("a fitted page leaves a margin and nothing more", () => {
    const room = { w: 800, h: 700 };
    const wide = scaleOfZoom(fitZoom("width", a4, room));
    expect(a4.w * wide).toBeCloseTo(800 - 48, 6);
    const whole = scaleOfZoom(fitZoom("page", a4, room));
    expect(a4.h * whole).toBeCloseTo(700 - 48, 6);
  });

  test("steps go up and down and stop at the ends", () => {
    expect(nextZoom(1, 1)).toBe(1.1);
    expect(nextZoom(1, -1)).toBe(0.9);
    expect(nextZoom(0.998, 1)).toBe(1.1);
    expect(nextZoom(4, 1)).toBe(4);
    expect(nextZoom(0.25, -1)).toBe(0.25);
  });

  test("the wheel zooms in and out by the same factor", () => {
    expect(wheelZoom(wheelZoom(1, 100), -100)).toBeCloseTo(1, 10);
    expect(wheelZoom(1, 1e9)).toBeGreaterThanOrEqual(0.25);
  });
});
