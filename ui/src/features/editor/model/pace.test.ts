import { describe, expect, test } from "vitest";
import { Pace, REST } from "./pace";

const HEIGHT = 900;

/** Tells of positions one frame apart, and says which were calm. */
function frames(pace: Pace, tops: number[], scales: number[] = [], from = 1000): boolean[] {
  return tops.map((top, index) => pace.isCalm(from + index * 16, top, HEIGHT, scales[index] ?? 1));
}

function standing(top = 0): Pace {
  const pace = new Pace();
  pace.isCalm(0, top, HEIGHT, 1);
  return pace;
}

describe("scrolling", () => {
  test("reading speed and a wheel are calm", () => {
    expect(frames(standing(), [20, 40, 60, 80])).toEqual([true, true, true, true]);
    expect(frames(standing(), [0, 60, 120, 180])).toEqual([true, true, true, true]);
  });

  test("one jump is calm: its page is wanted now", () => {
    expect(standing().isCalm(1000, 500_000, HEIGHT, 1)).toBe(true);
  });

  test("flying is not, until the view has stood still", () => {
    const pace = standing();
    const tops = Array.from({ length: 20 }, (_, index) => index * 3000);
    expect(frames(pace, tops).slice(2)).toEqual(Array(18).fill(false));
    const end = 1000 + 19 * 16;
    expect(pace.isCalm(end + REST - 1, 57_000, HEIGHT, 1)).toBe(false);
    expect(pace.isCalm(end + REST, 57_000, HEIGHT, 1)).toBe(true);
  });

  test("the direction is where it moved last", () => {
    const pace = standing(1000);
    expect(pace.direction).toBe(1);
    pace.isCalm(1000, 900, HEIGHT, 1);
    pace.isCalm(1200, 900, HEIGHT, 1);
    expect(pace.direction).toBe(-1);
  });
});

describe("zooming", () => {
  test("one step is calm; the widths that a gesture passes through are not", () => {
    const pace = standing();
    const calm = frames(pace, [0, 10, 20, 30], [1.1, 1.2, 1.3, 1.4]);
    expect(calm).toEqual([true, false, false, false]);
    expect(pace.isCalm(1048 + REST, 30, HEIGHT, 1.4)).toBe(true);
  });

  test("the scrolling that keeps the place during a zoom does not end the gesture", () => {
    const pace = standing();
    frames(pace, [0, 300], [1.1, 1.2]);
    expect(pace.isCalm(1020, 300.4, HEIGHT, 1.2)).toBe(false);
  });
});
