import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rect } from "../../../host/bindings";
import { isCut, MOST_WHOLE, partsIn, pictureSize, TILE } from "./tiles";

const lengths = fc.integer({ min: 1, max: 6000 });
const all = (w: number, h: number) => partsIn({ w, h }, { x: 0, y: 0, w, h });

test("the parts of a picture cover it once, and none is a sliver", () => {
  fc.assert(
    fc.property(lengths, lengths, (w, h) => {
      const parts = all(w, h);
      if (!isCut({ w, h })) {
        expect(parts, "a small picture is one").toEqual([null]);
        return;
      }
      const cut = parts as Rect[];
      const area = cut.reduce((sum, part) => sum + part.w * part.h, 0);
      expect(area, "no gap").toBe(w * h);
      for (const part of cut) {
        expect(part.x + part.w).toBeLessThanOrEqual(w);
        expect(part.y + part.h).toBeLessThanOrEqual(h);
        expect(part.w).toBeLessThan(1.5 * TILE);
        expect(part.h).toBeLessThan(1.5 * TILE);
        expect(part.w).toBeGreaterThanOrEqual(Math.min(w, TILE / 2));
        expect(part.h).toBeGreaterThanOrEqual(Math.min(h, TILE / 2));
      }
      const begins = new Set(cut.map(({ x, y }) => `${x} ${y}`));
      expect(begins.size, "no overlap").toBe(cut.length);
    }),
  );
});

test("the parts of an area are those that touch it", () => {
  const inside = fc.integer({ min: -2000, max: 6000 });
  fc.assert(
    fc.property(inside, inside, lengths, lengths, (x, y, w, h) => {
      const picture = { w: 3000, h: 4243 };
      const touching = (all(picture.w, picture.h) as Rect[]).filter(
        (part) => part.x < x + w && part.x + part.w > x && part.y < y + h && part.y + part.h > y,
      );
      expect(partsIn(picture, { x, y, w, h })).toEqual(touching);
    }),
  );
});

test("a picture is cut above one and a half million pixels", () => {
  expect(isCut({ w: 1500, h: MOST_WHOLE / 1500 })).toBe(false);
  expect(isCut({ w: 1500, h: MOST_WHOLE / 1500 + 1 })).toBe(true);
  expect(partsIn({ w: 100, h: 100 }, { x: 100, y: 0, w: 50, h: 50 }), "beside it").toEqual([]);
});

test("a picture is as high as the page at its width, and never nothing", () => {
  expect(pictureSize({ w: 595.28, h: 841.89 }, 794)).toEqual({ w: 794, h: 1123 });
  expect(pictureSize({ w: 14_400, h: 1 }, 600)).toEqual({ w: 600, h: 1 });
});
