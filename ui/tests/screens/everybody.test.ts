import { describe, expect, test } from "vitest";
import type { Route } from "../../src/shared/router.svelte";
import type { Scenario } from "../fake/world";
import { barriers, open } from "./open";

const screens: [string, Scenario, Route][] = [
  ["the first screen", { accounts: "none" }, { name: "drafts" }],
  ["drafts", { offerLogin: true, anotherRuns: true }, { name: "drafts" }],
  ["no drafts", { drafts: "none" }, { name: "drafts" }],
  ["an account without its key", { accounts: "keyless" }, { name: "drafts" }],
  ["a review", {}, { name: "review", draft: "d1" }],
  [
    "a live review with gaps",
    { accounts: "live", incomplete: true },
    { name: "review", draft: "d1" },
  ],
  ["a countdown", { delivery: "queued" }, { name: "sending", id: "s1" }],
  ["a sending under way", { delivery: "sending" }, { name: "sending", id: "s1" }],
  ["an unclear sending", { delivery: "unclear" }, { name: "sending", id: "s1" }],
  ["a failed sending", { delivery: "failed" }, { name: "sending", id: "s1" }],
  ["what was sent", { delivery: "sent" }, { name: "sending", id: "s1" }],
  ["requests", { accounts: "all", procedures: 30 }, { name: "requests" }],
  ["no requests", { procedures: 0 }, { name: "requests" }],
  ["an open request", { accounts: "all" }, { name: "request", id: "q1" }],
  ["a completed request", { accounts: "all" }, { name: "request", id: "q2" }],
  ["settings", { accounts: "all" }, { name: "settings" }],
];

describe.each(["english", "french"] as const)("in %s", (language) => {
  test.each(screens)("%s has no barrier that axe knows of", async (_, scenario, route) => {
    const { screen } = await open({ ...scenario, language }, route);
    expect(await barriers()).toEqual([]);
    expect(screen.getAllByRole("heading", { level: 1 }), "one heading names it").toHaveLength(1);
  });
});
