import { describe, expect, test } from "vitest";
import type { Document } from "../../../host/bindings";
import { page } from "./fixtures";
import { scaleOfZoom } from "./geometry";
import { layOut } from "./layout";
import { pathOf, plan, type View } from "./pictures";

const ROOM = { w: 800, h: 900 };
const PLENTY = 1e9;

function view(
  zoom: number,
  { y = 0, x = 0, count = 30, dpr = 1, direction = 1 as 1 | -1, same = false } = {},
): View {
  const pages = Array.from({ length: count }, (_, index) => ({
    ...page(`p${index + 1}`),
    index: same ? 0 : index,
  }));
  const document: Document = {
    id: "lease",
    name: "lease",
    purpose: "to_sign",
    pages,
    bytes: 1,
    signedBefore: false,
  };
  const layout = layOut([document], scaleOfZoom(zoom), dpr, ROOM.w);
  return { layout, pages, scroll: { x, y }, room: ROOM, direction };
}

function top(of: View, number: number): number {
  return of.layout.pages[number - 1]?.top ?? NaN;
}

const pagesOf = (list: { page: { id: string } }[]) => [
  ...new Set(list.map((each) => each.page.id)),
];

describe("whole pages", () => {
  test("what is seen comes first, then the next page in the direction, then the one before", () => {
    const still = view(1);
    const y = top(still, 10) + 100;
    const down = plan(view(1, { y }), PLENTY);
    expect(pagesOf(down.wanted)).toEqual(["p10", "p11", "p9"]);
    expect(down.wanted.map(({ seen }) => seen)).toEqual([true, false, false]);
    const up = plan(view(1, { y, direction: -1 }), PLENTY);
    expect(pagesOf(up.wanted)).toEqual(["p10", "p9", "p11"]);
  });

  test("of two pages that are seen, the one in the middle goes first", () => {
    const y = top(view(1), 11) - 300;
    expect(pagesOf(plan(view(1, { y }), PLENTY).wanted).slice(0, 2)).toEqual(["p11", "p10"]);
  });

  test("at most four pages beyond the view are drawn ahead, whatever the zoom", () => {
    const small = view(0.25, { y: 3000, count: 100 });
    const { wanted } = plan({ ...small, room: { w: 800, h: 2000 } }, PLENTY);
    const seen = wanted.filter((each) => each.seen).length;
    expect(seen).toBeGreaterThan(5);
    expect(wanted.length - seen).toBeLessThanOrEqual(8);
  });

  test("the nearest of them goes first, upwards too", () => {
    const small = view(0.25, { y: 6000, count: 100, direction: -1 });
    const { wanted } = plan({ ...small, scroll: { x: 0, y: top(small, 20) } }, PLENTY);
    const behind = wanted.filter(({ seen }) => !seen).slice(0, 3);
    expect(pagesOf(behind)).toEqual(["p19", "p18", "p17"]);
  });

  test("nothing is asked for beyond the limit but what is seen", () => {
    const { wanted } = plan(view(1, { y: top(view(1), 11) - 300 }), 1);
    expect(pagesOf(wanted)).toEqual(["p11", "p10"]);
  });

  test("a page stands for itself where the same file is in the draft twice", () => {
    const { wanted } = plan(view(1, { same: true }), PLENTY);
    expect(new Set(wanted.map(({ key }) => key)).size).toBe(wanted.length);
    expect(pathOf(page("p"), 900, null)).toBe(`/${"b".repeat(64)}/0/900`);
  });
});

describe("pages that are cut", () => {
  const at = (zoom: number, dpr: number) => {
    const first = view(zoom, { dpr });
    return view(zoom, { dpr, x: 600, y: top(first, 3) + 1000 });
  };

  test("only what is seen is needed, whatever the size of the page", () => {
    for (const dpr of [1, 1.25, 1.5, 2, 3]) {
      const { wanted, pages } = plan(at(4, dpr), PLENTY);
      const seen = wanted.filter((each) => each.seen);
      const area = seen.reduce((sum, each) => sum + each.bytes / 4, 0);
      const screen = ROOM.w * ROOM.h * dpr * dpr;
      // Parts reach out of the view by less than a part and a half on each side.
      const across = ROOM.w * dpr + 2 * 1.5 * 768;
      const down = ROOM.h * dpr + 2 * 1.5 * 768;
      expect(area).toBeGreaterThanOrEqual(screen);
      expect(area).toBeLessThanOrEqual(across * down);
      expect(pages.get("p3")).toEqual({
        source: `/${"b".repeat(64)}/2/${Math.round(595 * scaleOfZoom(4) * dpr)}`,
        isSeen: true,
        keys: seen.map(({ key }) => key),
      });
    }
  });

  test("the part in the middle of the view goes first, those around it after all that is seen", () => {
    const look = at(4, 2);
    const { wanted } = plan(look, PLENTY);
    const [first] = wanted;
    const place = look.layout.pages[2];
    if (!first?.part || !place) throw new Error("parts of page 3");
    const middle = {
      x: (look.scroll.x + ROOM.w / 2 - place.left) * 2,
      y: (look.scroll.y + ROOM.h / 2 - place.top) * 2,
    };
    expect(first.part.x).toBeLessThanOrEqual(middle.x);
    expect(first.part.x + first.part.w).toBeGreaterThanOrEqual(middle.x);
    expect(first.part.y).toBeLessThanOrEqual(middle.y);
    expect(first.part.y + first.part.h).toBeGreaterThanOrEqual(middle.y);
    const order = wanted.map(({ seen }) => seen);
    expect(order.indexOf(false)).toBe(order.lastIndexOf(true) + 1);
  });

  test("the address says which part", () => {
    const { wanted } = plan(at(4, 1), PLENTY);
    const part = wanted[0]?.part;
    if (!wanted[0] || !part) throw new Error("a part");
    expect(pathOf(wanted[0].page, 3173, part)).toBe(
      `/${"b".repeat(64)}/2/3173/${part.x},${part.y},${part.w},${part.h}`,
    );
  });
});
