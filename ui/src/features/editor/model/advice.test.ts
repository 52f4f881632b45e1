import { describe, expect, test } from "vitest";
import type { PageRun } from "../../../host/bindings";
import { adviceFor, isSmallest, wordsOf } from "./advice";

const PAGE = { w: 595, h: 842 };
const LEAST = { w: 60, h: 30 };

/** Letters five points wide, ten points high. */
function run(text: string, x = 100, y = 200, angle = 0): PageRun {
  const spans = [...text].map((_, index): [number, number] => [index * 5, index * 5 + 5]);
  return { text, x, y, angle, size: 10, baseline: y + 8, spans };
}

const advice = (x: number, y: number, w = 100, h = 40, runs = [run("Signature: ........")]) => [
  ...adviceFor({ x, y, w, h }, PAGE, LEAST, wordsOf(runs)),
];

describe("covered text", () => {
  test("is said of letters", () => {
    expect(advice(100, 190)).toEqual(["covers_text"]);
  });

  test("is not said of dots, which are there to be covered", () => {
    expect(advice(160, 180, 100, 30)).toEqual([]);
  });

  test("is not said where the line below or above begins", () => {
    expect(advice(100, 163.5)).toEqual([]);
    expect(advice(100, 207.5)).toEqual([]);
  });

  test("is found on pages that were turned", () => {
    const upright = run("Landlord", 300, 400, 90);
    expect(advice(290, 410, 60, 30, [upright])).toEqual(["covers_text"]);
    expect(advice(303, 410, 60, 30, [upright])).toEqual([]);
  });

  test("is found in each word of a run", () => {
    expect(wordsOf([run("Fait à Lyon, le 3")])).toHaveLength(5);
  });
});

test("what leaves the page is said", () => {
  expect(advice(500, 700)).toEqual(["off_page"]);
  expect(advice(495, 700)).toEqual([]);
});

test("what is too small is said", () => {
  expect(advice(300, 700, 59, 40)).toEqual(["too_small"]);
  expect(advice(300, 700, 60, 30)).toEqual([]);
});

test("what stops at the least size is told from what is larger, and from what is smaller already", () => {
  const is = (w: number, h: number) => isSmallest({ x: 0, y: 0, w, h }, LEAST);
  expect([is(60, 90), is(90, 30), is(61, 31), is(50, 20)]).toEqual([true, true, false, false]);
});
