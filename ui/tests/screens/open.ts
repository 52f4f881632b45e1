/** The whole window on a test's screen, with the made-up host behind it. */
import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { tick } from "svelte";
import { vi } from "vitest";
import App from "../../src/App.svelte";
import { intake } from "../../src/shared/intake.svelte";
import { router, type Route } from "../../src/shared/router.svelte";
import { toasts } from "../../src/shared/toasts.svelte";
import { start } from "../fake/bindings";
import type { Scenario } from "../fake/world";

/** Sizes, which jsdom has none of. */
const pane = { width: 1000, height: 700 };

function standIns() {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false }));
  const element = Element.prototype as unknown as Record<string, unknown>;
  element["scrollIntoView"] = () => undefined;
  element["hasPointerCapture"] = () => false;
  element["setPointerCapture"] = () => undefined;
  element["releasePointerCapture"] = () => undefined;
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(pane.width);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(pane.height);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(pane.width);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(pane.height);
}

export async function open(scenario: Scenario = {}, route: Route = { name: "drafts" }) {
  standIns();
  for (const toast of toasts.list) toasts.close(toast.id);
  intake.refused = [];
  intake.waiting = [];
  router.reset(route);
  const world = start(scenario);
  render(App);
  await screen.findByRole("main");
  await settle();
  return { world, screen, user: userEvent.setup() };
}

/** Lets answers arrive and the screen follow. */
export async function settle() {
  await waitFor(async () => {
    await new Promise((done) => setTimeout(done, 0));
    await tick();
  });
}

/** An item of the open menu. Without layout a menu has no place and no role is seen in it. */
export const menuItem = (name: string) => screen.findByText(name, { selector: "[role=menuitem]" });

/** What axe finds wrong on the page. Contrast needs layout; `contrast.test.ts` computes it. */
export async function barriers(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
