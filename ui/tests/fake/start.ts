/** In the preview: the address says which scenario and which screen to begin with. */
import { router, type Route } from "../../src/shared/router.svelte";
import { emit, start } from "./bindings";
import type { Scenario } from "./world";

const asked = new URLSearchParams(location.search);
const parse = (name: string): unknown => JSON.parse(asked.get(name) ?? "{}");

start(parse("scenario") as Scenario);
if (asked.has("route")) router.reset(parse("route") as Route);

/** Clicks on what each selector names, one after the other, to look at what opens. */
async function clickAll(selectors: string[]): Promise<void> {
  for (const selector of selectors) {
    let found = document.querySelector<HTMLElement>(selector);
    while (!found) {
      await new Promise((later) => setTimeout(later, 50));
      found = document.querySelector<HTMLElement>(selector);
    }
    found.click();
  }
}

/** The worst that axe finds, in a real engine: contrast is not computed elsewhere. */
async function examine(): Promise<void> {
  const { default: axe } = await import("axe-core");
  // What fades in has not its colours yet.
  await new Promise((later) => setTimeout(later, 500));
  const { violations } = await axe.run();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`),
  );
  const report = document.createElement("pre");
  report.id = "axe";
  report.textContent = JSON.stringify(found);
  document.body.append(report);
}

async function begin(): Promise<void> {
  await clickAll(["main, .frame main", ...asked.getAll("click")]);
  if (asked.has("drop")) emit("filesDropped", { drop: "drop", names: [], apart: false });
  if (asked.has("over")) emit("filesOver", { over: true });
  if (asked.has("axe")) await examine();
}

void begin();
