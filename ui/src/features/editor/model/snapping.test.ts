import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rect } from "../../../host/bindings";
import { ALL, type Guide, linesOf, type Part, snap } from "./snapping";

const A4 = { w: 595, h: 842 };
const REACH = 6;
const whole = { x: ALL, y: ALL };
const box = (x: number, y: number, w = 180, h = 60): Rect => ({ x, y, w, h });

function moved(rect: Rect, others: Rect[], reach = REACH) {
  return snap(rect, whole, linesOf(A4, others, [], []), others, reach);
}

const kinds = (guides: Guide[]) => guides.map((guide) => `${guide.what} ${guide.axis}`).sort();

describe("another field", () => {
  const cases: [what: string, rect: Rect, by: { x: number; y: number }][] = [
    ["left beside left", box(103, 300), { x: -3, y: 0 }],
    ["left beside right", box(283, 300, 90), { x: -3, y: 0 }],
    ["right beside left", box(12, 300, 90), { x: -2, y: 0 }],
    ["right beside right", box(188, 300, 90), { x: 2, y: 0 }],
    ["middle under middle", box(142, 300, 94), { x: 1, y: 0 }],
    ["top beside top", box(400, 104, 90, 30), { x: 0, y: -4 }],
    ["bottom beside bottom", box(400, 131, 90, 30), { x: 0, y: -1 }],
    ["too far", box(110, 300, 90), { x: 0, y: 0 }],
  ];
  test.each(cases)("%s", (_, rect, by) => {
    expect(moved(rect, [box(100, 100)]).by).toEqual(by);
  });

  test("the nearest of several is taken, each way by itself", () => {
    const { by, guides } = moved(box(104, 302, 90, 60), [
      box(100, 100),
      box(105, 520),
      box(400, 300),
    ]);
    expect(by).toEqual({ x: 1, y: -2 });
    expect(kinds(guides)).toEqual(["line x", "line y", "line y", "line y"]);
  });

  test("a guide reaches from one to the other", () => {
    const { guides } = moved(box(101, 300, 90), [box(100, 100, 70)]);
    expect(guides).toEqual([{ what: "line", axis: "x", at: 100, from: 100, to: 360 }]);
  });
});

describe("the page", () => {
  test("has a middle each way", () => {
    const { by } = moved(box(205, 388), []);
    expect(by.x).toBeCloseTo(2.5);
    expect(by.y).toBeCloseTo(3);
  });

  test("words are stood beside, and nothing hangs from them", () => {
    const words = [
      { y: 200, from: 70, to: 500 },
      { y: 214, from: 70, to: 520 },
    ];
    const lines = linesOf(A4, [], words, []);
    const at = (rect: Rect) => snap(rect, whole, lines, [], REACH).by;
    expect(at(box(300, 142))).toEqual({ x: 0, y: -2 });
    expect(at(box(300, 218)), "the top is no place to write").toEqual({ x: 0, y: 0 });
    expect(at(box(72, 400)).x, "where lines begin").toBe(-2);
    expect(at(box(337, 400)).x, "where the longest ends").toBe(3);
  });

  test("a signature stands on the rule that was drawn for it", () => {
    const shapes = [
      { kind: "horizontal_rule" as const, rect: box(80, 700, 150, 0), thickness: 0.5 },
      { kind: "box" as const, rect: box(300, 600, 200, 80), thickness: 1 },
    ];
    const lines = linesOf(A4, [], [], shapes);
    const at = (rect: Rect) => snap(rect, whole, lines, [], REACH).by;
    expect(at(box(83, 643, 120, 60))).toEqual({ x: -3, y: -3 });
    expect(at(box(302, 601, 120, 60)), "in the corner of a box").toEqual({ x: -2, y: -1 });
  });
});

describe("gaps", () => {
  const row = [box(40, 100, 100, 40), box(160, 100, 100, 40)];
  test("beside two, between two, and before two are made equal", () => {
    expect(moved(box(283, 110, 77, 25), row).by.x, "after").toBe(-3);
    const apart = [box(40, 100, 100, 40), box(440, 100, 100, 40)];
    expect(moved(box(242, 107, 94, 27), apart).by.x, "between").toBeCloseTo(1);
    const later = [box(240, 100, 100, 40), box(360, 100, 100, 40)];
    expect(moved(box(141, 107, 77, 27), later).by.x, "before").toBe(2);
  });

  test("both are shown where they are", () => {
    const { guides } = moved(box(281, 130, 77, 25), row);
    expect(guides.filter(({ what }) => what === "gap")).toEqual([
      { what: "gap", axis: "x", from: 140, to: 160, across: 120 },
      { what: "gap", axis: "x", from: 260, to: 280, across: 135 },
    ]);
  });

  test("who stands in another row has no gap to it", () => {
    expect(moved(box(283, 310, 77, 25), row).by.x).toBe(0);
  });
});

describe("a handle", () => {
  test("moves its own edges only", () => {
    const others = [box(100, 100)];
    const lines = linesOf(A4, others, [], []);
    const east = { x: ["end"] as readonly Part[], y: [] as readonly Part[] };
    const { by, guides } = snap(box(102, 300, 175, 62), east, lines, others, REACH);
    expect(by).toEqual({ x: 3, y: 0 });
    expect(guides).toEqual([{ what: "line", axis: "x", at: 280, from: 100, to: 362 }]);
  });
});

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const rect = fc.record({
  x: number(0, 500),
  y: number(0, 800),
  w: number(8, 300),
  h: number(8, 200),
});

describe("whatever stands on the page", () => {
  test("nothing goes further than it may, and what moves is explained by a guide", () => {
    fc.assert(
      fc.property(
        rect,
        fc.array(rect, { maxLength: 12 }),
        number(0, 20),
        (moving, others, reach) => {
          const { by, guides } = moved(moving, others, reach);
          for (const axis of ["x", "y"] as const) {
            expect(Math.abs(by[axis])).toBeLessThanOrEqual(reach);
            if (by[axis] !== 0) expect(guides.some((guide) => guide.axis === axis)).toBe(true);
          }
        },
      ),
    );
  });

  test("what has come to rest stays", () => {
    fc.assert(
      fc.property(rect, fc.array(rect, { maxLength: 8 }), (moving, others) => {
        const { by } = moved(moving, others);
        const rested = { ...moving, x: moving.x + by.x, y: moving.y + by.y };
        // Gaps are made equal to those of the row that it stands in, which it may have entered.
        const lines = linesOf(A4, others, [], []);
        const again = snap(rested, whole, lines, others, REACH);
        const wasLine = (axis: "x" | "y") =>
          moved(moving, others).guides.some((it) => it.what === "line" && it.axis === axis);
        for (const axis of ["x", "y"] as const) {
          if (by[axis] !== 0 && wasLine(axis)) expect(Math.abs(again.by[axis])).toBeLessThan(1e-6);
        }
      }),
    );
  });
});
