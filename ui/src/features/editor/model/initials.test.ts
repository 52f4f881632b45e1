import { describe, expect, test } from "vitest";
import type { Draft } from "../../../host/bindings";
import { draft, page, signature } from "./fixtures";
import { initialsOf, initialsOn, pagesWithout } from "./initials";

const SIZE = { w: 60, h: 30 };
const A4 = { w: 595, h: 842 };
const LYING = { w: 842, h: 595 };
/** As the fixture's lease: two upright pages and a lying one. */
const pages = [
  { id: "p1", document: "lease", size: A4 },
  { id: "p2", document: "lease", size: A4 },
  { id: "p3", document: "lease", size: LYING },
];
const ids = (list: { id: string }[]) => list.map(({ id }) => id);
const withFields = (fields: Draft["fields"]) => draft({ fields });

describe("the pages that still want initials", () => {
  test.each([
    ["all", ["p1", "p2", "p3"]],
    ["all_but_first", ["p2", "p3"]],
    ["all_but_last", ["p1", "p2"]],
  ] as const)("%s", (choice, expected) => {
    expect(ids(pagesWithout(draft(), "ada", choice, pages))).toEqual(expected);
  });

  test("doing it twice adds none, and somebody else's do not count", () => {
    const done = withFields(initialsOn(draft(), "ada", pages.slice(1), SIZE));
    expect(ids(pagesWithout(done, "ada", "all", pages))).toEqual(["p1"]);
    expect(ids(pagesWithout(done, "ben", "all", pages))).toEqual(["p1", "p2", "p3"]);
    expect(initialsOf(done, "ada")).toHaveLength(2);
    expect(initialsOf(done, "ben")).toHaveLength(0);
  });

  test("are counted in each document that is signed, and never in an attachment", () => {
    const [lease] = draft().documents;
    if (!lease) throw new Error("the draft has a document");
    const annex = { ...lease, id: "annex", pages: [page("a1"), page("a2")] };
    const read = { ...annex, id: "read", purpose: "attachment" as const, pages: [page("r1")] };
    const all = [
      ...pages,
      { id: "a1", document: "annex", size: A4 },
      { id: "a2", document: "annex", size: A4 },
      { id: "r1", document: "read", size: A4 },
    ];
    const three = draft({ documents: [lease, annex, read] });
    expect(ids(pagesWithout(three, "ada", "all_but_first", all))).toEqual(["p2", "p3", "a2"]);
  });
});

describe("where initials stand", () => {
  test("at the lower right corner, whatever the page's shape", () => {
    const rects = initialsOn(draft(), "ada", pages, SIZE).map(({ rect }) => rect);
    expect(rects.map(({ x, y }) => [x, y])).toEqual([
      [511, 788],
      [511, 788],
      [758, 541],
    ]);
  });

  test("beside those of others, on every page at the same place", () => {
    const first = withFields(initialsOn(draft(), "ada", pages.slice(1), SIZE));
    const rects = initialsOn(first, "ben", pages, SIZE).map(({ rect }) => rect);
    expect(rects.map(({ x, y }) => [x, y])).toEqual([
      [445, 788],
      [445, 788],
      [692, 541],
    ]);
  });

  test("above what fills the row, and on the smallest page", () => {
    const row = withFields([signature("wide", "p1", { x: 0, y: 780, w: 595, h: 40 })]);
    const [first] = initialsOn(row, "ada", pages.slice(0, 1), SIZE);
    expect(first?.rect.y).toBeLessThan(780 - SIZE.h);
    const small = { id: "p1", document: "lease", size: { w: 50, h: 20 } };
    const [there] = initialsOn(draft(), "ada", [small], SIZE);
    expect(there?.rect).toEqual({ x: 0, y: 0, w: 50, h: 20 });
  });
});
