import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldKind, Rect, Suggestion } from "../../../host/bindings";
import { newKind } from "./edits";
import { draft, person, signature } from "./fixtures";
import {
  accept,
  fieldIn,
  free,
  giveAll,
  nextOf,
  pagesLeft,
  type Place,
  placesOf,
  proposedFor,
} from "./suggesting";

const A4 = { w: 595, h: 842 };
const RECT: Rect = { x: 100, y: 600, w: 180, h: 40 };

function place(by: Partial<Suggestion> = {}): Place {
  const [made] = placesOf([
    {
      page: "p1",
      rect: RECT,
      kind: newKind("signature"),
      isDate: false,
      label: "Signature",
      reason: "rule",
      recipient: null,
      ...by,
    },
  ]);
  if (!made) throw new Error("a place");
  return made;
}

test("asked again, a place is known as the same one, whoever is named now", () => {
  expect(place({ recipient: "ada" }).key).toBe(place({ label: "Signed", reason: "box" }).key);
  const others = [place(), place({ page: "p2" }), place({ kind: { type: "initials" } })];
  expect(new Set(others.map(({ key }) => key)).size).toBe(3);
});

describe("a field takes the place where it stands", () => {
  test.each([
    ["the same rectangle", RECT, true],
    ["a small field inside", { x: 110, y: 605, w: 20, h: 10 }, true],
    ["a large field around", { x: 0, y: 500, w: 595, h: 300 }, true],
    ["a fifth of it", { x: 100 + 0.79 * 180, y: 600, w: 180, h: 40 }, true],
    ["less than a fifth of it", { x: 100 + 0.81 * 180, y: 600, w: 180, h: 40 }, false],
    ["an edge", { x: 280, y: 600, w: 180, h: 40 }, false],
    ["elsewhere", { x: 400, y: 100, w: 50, h: 20 }, false],
  ] as [string, Rect, boolean][])("%s", (_, rect, isTaken) => {
    expect(free([place()], [signature("f", "p1", rect)])).toHaveLength(isTaken ? 0 : 1);
  });

  test("on its own page only, whosever it is", () => {
    expect(free([place()], [signature("f", "p2", RECT)])).toHaveLength(1);
    expect(free([place({ recipient: "ada" })], [signature("f", "p1", RECT, "noah")])).toEqual([]);
  });
});

test("pages from which fields have gone or on which they were moved are told once", () => {
  const before = [
    signature("a", "p1", RECT),
    signature("b", "p1", { ...RECT, y: 100 }),
    signature("c", "p2", RECT),
    signature("d", "p3", RECT),
  ];
  const [, , c, d] = before;
  const now = [{ ...c, rect: { ...RECT, x: 101 } }, d, signature("e", "p3", RECT)];
  expect(pagesLeft(before, now as typeof before)).toEqual(["p1", "p2"]);
  expect(pagesLeft(before, before)).toEqual([]);
});

describe("accepting all", () => {
  const ada = person("ada");
  const noah = person("noah");
  const named = place({ recipient: "noah" });
  const nameless = place({ page: "p2" });

  test("a place goes to the person it names; one that names nobody waits among several", () => {
    const { given, waiting } = giveAll([named, nameless], [ada, noah]);
    expect(given).toEqual([{ place: named, recipient: "noah" }]);
    expect(waiting).toEqual([nameless]);
  });

  test("with one who signs, what names nobody is theirs", () => {
    const { given, waiting } = giveAll([named, nameless], [noah]);
    expect(given.map(({ recipient }) => recipient)).toEqual(["noah", "noah"]);
    expect(waiting).toEqual([]);
  });

  test("without anybody who signs, all wait", () => {
    expect(giveAll([named], []).given).toEqual([]);
  });

  test("who does not sign is not proposed, and nobody signs in their place", () => {
    expect(proposedFor(named, [ada])).toBe(null);
    expect(giveAll([named], [ada])).toEqual({ given: [], waiting: [named] });
    expect(proposedFor(named, [ada, noah])).toBe(noah);
  });
});

describe("the field that a place becomes", () => {
  const fitting = { begins: newKind("signature"), least: { w: 8, h: 8 }, page: A4 };
  const text = (by: Partial<Extract<FieldKind, { type: "text" }>> = {}) =>
    ({ type: "text", content: "", required: false, fontSize: 9, formula: "", ...by }) as const;
  const become = (of: Place, by: Partial<typeof fitting> = {}) =>
    fieldIn({ place: of, recipient: "ada" }, { ...fitting, ...by });

  test("stands exactly in its place", () => {
    expect(become(place())).toMatchObject({ page: "p1", recipient: "ada", rect: RECT });
  });

  test("is as large as the provider asks for, upwards from its line", () => {
    const { rect } = become(place({ rect: { x: 100, y: 600, w: 60, h: 20 } }), {
      least: { w: 85, h: 37 },
    });
    expect(rect).toEqual({ x: 100, y: 583, w: 85, h: 37 });
  });

  test("never leaves the page or gets below the provider's least size", () => {
    const least = { w: 85, h: 37 };
    const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
    fc.assert(
      fc.property(number(595), number(842), number(300), number(80), (x, y, w, h) => {
        const { rect } = become(place({ rect: { x, y, w, h } }), { least });
        expect(rect.w).toBeGreaterThanOrEqual(least.w);
        expect(rect.h).toBeGreaterThanOrEqual(least.h);
        expect(Math.min(rect.x, rect.y)).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.w).toBeLessThanOrEqual(A4.w + 0.01);
        expect(rect.y + rect.h).toBeLessThanOrEqual(A4.h + 0.01);
      }),
    );
  });

  test("a signature is printed as signatures begin, unless the place says how", () => {
    const begins: FieldKind = { type: "signature", mentionAbove: "", mentionBelow: "{{date}}" };
    expect(become(place(), { begins }).kind).toEqual(begins);
    const says: FieldKind = { type: "signature", mentionAbove: "Read", mentionBelow: "" };
    expect(become(place({ kind: says }), { begins }).kind).toEqual(says);
  });

  test("a text begins as texts do, in letters like those beside it", () => {
    const begins = text({ required: true, fontSize: 14, content: "of another" });
    expect(become(place({ kind: text() }), { begins }).kind).toEqual(
      text({ required: true, fontSize: 9 }),
    );
  });

  test("what has to be written by hand cannot be left out", () => {
    const formula = place({ kind: text({ formula: "Lu et approuvé" }) });
    const { kind } = become(formula, { begins: text({ required: false }) });
    expect(kind).toMatchObject({ formula: "Lu et approuvé", required: true });
  });
});

describe("the step", () => {
  const field = signature("f", "p1", RECT);

  test("of one, of several and of none", () => {
    const stands = draft({ fields: [signature("a", "p2", RECT)] });
    expect(accept(stands, [])).toBe(null);
    expect(accept(stands, [field])).toEqual({
      edit: { edit: "insert_field", field, at: 1 },
      label: "editor_step_accept_suggestion",
    });
    const several = accept(stands, [field, { ...field, id: "g" }]);
    expect(several?.label).toBe("editor_step_accept_suggestions 2");
    expect(several?.edit).toMatchObject({ edit: "batch", edits: [{ at: 1 }, { at: 2 }] });
  });
});

describe("walking", () => {
  const all = ["p1", "p1", "p2", "p3"].map((page, index) =>
    place({ page, rect: { ...RECT, y: 100 * index } }),
  );
  const at = (index: number) => all[index] as Place;
  const isFrom = (page: string) => (it: Place) => it.page >= page;

  test("goes on from the last one, and round", () => {
    expect(nextOf(all, all, at(1).key, isFrom("p1"), 1)).toBe(at(2));
    expect(nextOf(all, all, at(3).key, isFrom("p1"), 1)).toBe(at(0));
    expect(nextOf(all, all, at(0).key, isFrom("p1"), -1)).toBe(at(3));
  });

  test("begins with the page that is looked at, or backwards before it", () => {
    expect(nextOf(all, all, null, isFrom("p2"), 1)).toBe(at(2));
    expect(nextOf(all, all, null, isFrom("p2"), -1)).toBe(at(1));
    expect(nextOf(all, all, "gone", isFrom("p3"), 1)).toBe(at(3));
    expect(nextOf(all, all, null, isFrom("p9"), 1), "after the last page, from the first").toBe(
      at(0),
    );
  });

  test("from one that is shown no more it goes on behind it", () => {
    const shown = all.filter((_, index) => index !== 1 && index !== 2);
    expect(nextOf(all, shown, at(1).key, isFrom("p1"), 1)).toBe(at(3));
    expect(nextOf(all, [], at(1).key, isFrom("p1"), 1)).toBe(null);
  });

  test("the only one is its own next", () => {
    expect(nextOf(all, [at(2)], at(2).key, isFrom("p1"), 1)).toBe(at(2));
  });
});
