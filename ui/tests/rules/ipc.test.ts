import { QueryClient } from "@tanstack/svelte-query";
import { expect, test } from "vitest";
import type { Tag } from "../../src/host/bindings";
import { host, HostError, problemOf } from "../../src/host/host";
import { applyChange } from "../../src/ipc/client";
import { keys } from "../../src/ipc/keys";
import { rowsByPlace } from "../../src/ipc/pages";
import { emit, start } from "../fake/bindings";
import { open, settle } from "../screens/open";

const everything = {
  app: keys.appState(),
  drafts: keys.drafts(),
  draft: keys.draft("d1"),
  otherDraft: keys.draft("d2"),
  review: keys.review("d1"),
  words: keys.wordChecks("d1"),
  sendings: keys.sendings(),
  sending: keys.sending("s1"),
  list: keys.procedureList({ search: "", filter: "all", sort: "newest", offset: 0, limit: 100 }),
  request: keys.procedure("q1"),
  otherRequest: keys.procedure("q2"),
};

const cases: [Tag, (keyof typeof everything)[]][] = [
  [{ tag: "app_state" }, ["app", "draft", "otherDraft", "review"]],
  [{ tag: "drafts" }, ["drafts"]],
  [{ tag: "draft", id: "d1" }, ["draft", "review", "words"]],
  [{ tag: "sendings" }, ["sendings", "sending"]],
  [{ tag: "procedures" }, ["list", "request", "otherRequest"]],
  [{ tag: "procedure", id: "q1" }, ["request"]],
];

test.each(cases)("%o makes stale what it names and nothing else", (tag, expected) => {
  const client = new QueryClient();
  for (const key of Object.values(everything)) client.setQueryData(key, 1);
  applyChange(client, { tags: [tag] });
  const stale = Object.entries(everything)
    .filter(([, key]) => client.getQueryState(key)?.isInvalidated)
    .map(([name]) => name);
  expect(stale).toEqual(expected);
});

test("a refusal is thrown as what it is", async () => {
  const world = start({});
  world.refusals.set("refresh", { code: "offline" });
  const error = await host.refresh({}).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HostError);
  expect(problemOf(error)).toEqual({ code: "offline" });
  expect(problemOf(new TypeError("bridge"))).toEqual({ code: "internal", detail: "bridge" });
});

test("the window listens before it asks for anything", async () => {
  const { world } = await open();
  expect(world.calls[0]?.command).toBe("getAppState");
  expect(world.listeningAtFirst).toEqual(["dataChanged", "filesDropped", "filesOver", "navigate"]);
});

test("what became stale is asked for again, once", async () => {
  const { world } = await open();
  const before = world.asked("listDrafts").length;
  emit("dataChanged", { tags: [{ tag: "drafts" }] });
  await settle();
  expect(world.asked("listDrafts").length).toBe(before + 1);
});

test("a click on a notification leads to its request", async () => {
  const { screen } = await open({ accounts: "all" });
  emit("navigate", { place: { place: "procedure", id: "q1" } });
  await screen.findByRole("heading", { name: "Mandat de vente Dupont", level: 1 });
  expect(document.activeElement, "the new screen is read out").toBe(screen.getByRole("main"));
});

test("rows stand at their place, whatever page came first", () => {
  const answer = (id: string) =>
    ({ rows: [{ id }] }) as unknown as Parameters<typeof rowsByPlace>[1][number];
  const rows = rowsByPlace([0, 7], [undefined, answer("late")]);
  expect([...rows].map(([place, row]) => [place, row.id])).toEqual([[700, "late"]]);
});
