import { describe, expect, test } from "vitest";
import { DIGITS, fromUnit, isBeyond, limitsOf, toUnit, UNITS } from "./units";

test.each([
  ["millimetres", 210, 595.28],
  ["points", 42.5, 42.5],
  ["inches", 8.5, 612],
] as const)("%s become points and come back", (unit, length, points) => {
  expect(fromUnit(length, unit)).toBeCloseTo(points, 2);
  expect(toUnit(fromUnit(length, unit), unit)).toBeCloseTo(length, 9);
});

test.each(UNITS)("%s: what is shown, typed again, is the same to 0.02 points", (unit) => {
  for (const points of [0, 0.01, 12.34, 119.06, 841.89]) {
    const shown = Number(toUnit(points, unit).toFixed(DIGITS[unit]));
    expect(Math.abs(fromUnit(shown, unit) - points)).toBeLessThan(0.04);
  }
});

describe("what may be typed", () => {
  const page = { w: 595, h: 842 };
  const limits = limitsOf({ x: 100, y: 700, w: 180, h: 60 }, page, { w: 60, h: 30 });

  test("keeps the field on the page and as large as the provider needs", () => {
    expect(limits).toEqual({
      x: { least: 0, most: 415 },
      y: { least: 0, most: 782 },
      w: { least: 60, most: 495 },
      h: { least: 30, most: 142 },
    });
  });

  test("says on which side a value is beyond", () => {
    expect(isBeyond(415.03, limits.x)).toBeNull();
    expect(isBeyond(416, limits.x)).toBe("most");
    expect(isBeyond(-1, limits.x)).toBe("least");
    expect(isBeyond(59, limits.w)).toBe("least");
  });

  test("of a field that is larger than its page begins at the page's corner", () => {
    const { x, w } = limitsOf({ x: 0, y: 0, w: 700, h: 20 }, page, { w: 60, h: 8 });
    expect(x).toEqual({ least: 0, most: 0 });
    expect(w).toEqual({ least: 60, most: 595 });
  });
});
