import fc from "fast-check";
import { expect, test } from "vitest";
import { toLetGo } from "./keeping";

const pictures = fc.uniqueArray(
  fc.record({
    key: fc.string(),
    cost: fc.integer({ min: 1, max: 50 }),
    distance: fc.integer({ min: 0, max: 1000 }),
    needed: fc.boolean(),
  }),
  { selector: ({ key }) => key },
);

test("the rest is within the limit, or is what is needed", () => {
  fc.assert(
    fc.property(pictures, fc.integer({ min: 0, max: 500 }), (kept, most) => {
      const gone = new Set(toLetGo(kept, most));
      const rest = kept.filter(({ key }) => !gone.has(key));
      const cost = rest.reduce((sum, each) => sum + each.cost, 0);
      expect(cost <= most || rest.every(({ needed }) => needed)).toBe(true);
      expect(
        kept.some(({ key, needed }) => needed && gone.has(key)),
        "what is seen stays",
      ).toBe(false);
    }),
  );
});

test("the farthest goes first, and no more than has to", () => {
  const kept = [10, 500, 30].map((distance) => ({
    key: `${distance}`,
    cost: 10,
    distance,
    needed: false,
  }));
  expect(toLetGo(kept, 30)).toEqual([]);
  expect(toLetGo(kept, 29)).toEqual(["500"]);
  expect(toLetGo(kept, 10)).toEqual(["500", "30"]);
});
