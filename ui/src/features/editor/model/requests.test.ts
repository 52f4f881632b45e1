import { expect, test } from "vitest";
import { MOST_IN_FLIGHT, MOST_OF_ONE, MOST_UNSEEN, Requests } from "./requests";

const seen = (...keys: string[]) => keys.map((key) => ({ key, source: key, seen: true }));
const unseen = (...keys: string[]) => keys.map((key) => ({ key, source: key, seen: false }));
const keys = (list: { key: string }[]) => list.map(({ key }) => key);

test("never more than five are under way, the most urgent ones", () => {
  const requests = new Requests();
  const wanted = seen("a", "b", "c", "d", "e", "f");
  expect(keys(requests.follow(wanted, true).start)).toEqual(["a", "b", "c", "d", "e"]);
  expect(requests.follow(wanted, true)).toEqual({ start: [], stop: [] });
  requests.end("b");
  const left = wanted.filter(({ key }) => key !== "b");
  expect(keys(requests.follow(left, true).start)).toEqual(["f"]);
  expect(requests.underWay()).toHaveLength(MOST_IN_FLIGHT);
});

test("what nobody wants any more is stopped, and its place is free at once", () => {
  const requests = new Requests();
  requests.follow(seen("a", "b", "c", "d", "e"), true);
  const { start, stop } = requests.follow(seen("x", "c", "y", "z", "w", "v"), true);
  expect(keys(stop)).toEqual(["a", "b", "d", "e"]);
  expect(keys(start)).toEqual(["x", "y", "z", "w"]);
});

test("what was only waiting is forgotten without a word", () => {
  const requests = new Requests();
  requests.follow(seen("a", "b", "c", "d", "e", "waiting"), true);
  expect(requests.follow(seen("a", "b", "c", "d", "e"), true).stop).toEqual([]);
});

test("places stay free for what comes into view", () => {
  const requests = new Requests();
  requests.follow(unseen("a", "b", "c", "d"), true);
  expect(requests.underWay()).toHaveLength(MOST_UNSEEN);
  const { start, stop } = requests.follow([...seen("now"), ...unseen("a", "b", "c")], true);
  expect([keys(start), stop]).toEqual([["now"], []]);
});

test("what comes into view while it is under way is not asked for twice", () => {
  const requests = new Requests();
  requests.follow(unseen("a", "b", "c"), true);
  const { start, stop } = requests.follow([...seen("a"), ...unseen("b", "c", "d")], true);
  expect([keys(start), stop]).toEqual([["d"], []]);
});

test("in a fast movement what is still wanted goes on, and nothing begins", () => {
  const requests = new Requests();
  requests.follow(seen("a", "b"), true);
  const { start, stop } = requests.follow(seen("b", "c"), false);
  expect([start, keys(stop)]).toEqual([[], ["a"]]);
});

test("the parts of one picture leave a place for another page", () => {
  const requests = new Requests();
  const parts = seen("a", "b", "c", "d", "e", "f").map((part) => ({ ...part, source: "slow" }));
  const { start } = requests.follow([...parts, ...seen("other")], true);
  expect(keys(start)).toEqual(["a", "b", "c", "d", "other"]);
  expect(start.filter(({ source }) => source === "slow")).toHaveLength(MOST_OF_ONE);
});
