import { describe, expect, test, vi } from "vitest";
import type { PageId, SearchHits } from "../../../host/bindings";
import { Search } from "./search.svelte";
import type { Viewport } from "./viewport.svelte";

const ORDER = Array.from({ length: 10 }, (_, index) => `p${index + 1}`);

/** Ten pages of which each has so many hits, told two at a time, looked at from `current` on. */
function searching(current: PageId, hitsOnPage: number) {
  const asked: (PageId | null)[] = [];
  const answers: (() => void)[] = [];
  const ask = (_text: string, from: PageId | null) => {
    asked.push(from);
    const start = from === null ? 0 : ORDER.indexOf(from);
    const hits = Array.from({ length: hitsOnPage }, () => [{ x: 0, y: 0, w: 1, h: 1 }]);
    const pages = ORDER.slice(start, start + 2).map((page) => ({ page, hits, hasText: true }));
    const answer = { pages, next: ORDER[start + 2] ?? null };
    return new Promise<SearchHits>((done) => answers.push(() => done(answer)));
  };
  const viewport = { current: { id: current }, reveal: vi.fn() } as unknown as Viewport;
  const search = new Search(ask, () => ORDER, viewport);
  search.text = "e";
  search.show();
  return {
    search,
    asked,
    /** Lets one look answer. False if none is under way. */
    next: async () => {
      const answer = answers.shift();
      answer?.();
      await new Promise((done) => setTimeout(done, 0));
      return answer !== undefined;
    },
    names: () => search.hits.map(({ page, place }) => `${page}/${place}`),
    at: () => {
      const hit = search.hits[search.current];
      return hit && `${hit.page}/${hit.place}`;
    },
  };
}

describe("more hits than are shown", () => {
  test("are cut behind those from the looked-at page on, and none that is there goes away", async () => {
    const { search, next, names, at } = searching("p8", 300);
    let before: string[] = [];
    while (await next()) {
      const now = new Set(names());
      expect(before.filter((name) => !now.has(name))).toEqual([]);
      expect(at(), "the hit that is looked at stays").toBe("p8/0");
      before = [...now];
    }
    expect(search.state).toBe("done");
    expect(search.isCut).toBe(true);
    expect(search.startNumber).toBe(8);
    const onPage = (page: string) => search.hits.filter((hit) => hit.page === page).length;
    expect(ORDER.map(onPage)).toEqual([100, 0, 0, 0, 0, 0, 0, 300, 300, 300]);
    expect(search.onPage("p1")).toHaveLength(100);

    search.step(-1);
    expect(at(), "before the first page that was looked at").toBe("p1/99");
    search.step(1);
    search.step(1);
    expect(at()).toBe("p8/1");
  });

  test("are told of when there is one more, and not when there are just as many", async () => {
    const exact = searching("p1", 100);
    while (await exact.next());
    expect(exact.search.hits).toHaveLength(1000);
    expect(exact.search.isCut, "every page was looked at").toBe(false);
    expect(exact.search.state).toBe("done");
    const more = searching("p1", 101);
    while (await more.next());
    expect(more.search.hits).toHaveLength(1000);
    expect(more.search.isCut).toBe(true);
  });

  test("end the search: nothing further is read for nobody", async () => {
    const { asked, next, search } = searching("p3", 600);
    while (await next());
    expect(asked).toEqual(["p3"]);
    expect(search.state).toBe("done");
  });
});
