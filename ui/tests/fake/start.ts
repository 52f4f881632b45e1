/** In the preview: the address says which scenario and which screen to begin with. */
import { router, type Route } from "../../src/shared/router.svelte";
import { emit, start } from "./bindings";
import type { Scenario } from "./world";

const asked = new URLSearchParams(location.search);
const parse = (name: string): unknown => JSON.parse(asked.get(name) ?? "{}");

start(parse("scenario") as Scenario);
if (asked.has("route")) router.reset(parse("route") as Route);
if (asked.has("over")) setTimeout(() => emit("filesOver", { over: true }), 500);

/** A click on what the selector names, for looking at what opens. */
const click = asked.getAll("click");
click.forEach((selector, index) =>
  setTimeout(() => document.querySelector<HTMLElement>(selector)?.click(), 700 + index * 500),
);
