import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draft, page } from "../model/fixtures";
import { Viewport } from "./viewport.svelte";

beforeEach(() => {
  // jsdom lays nothing out, so there is nothing to observe.
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

test("a zoom in the very frame of a scroll keeps what was scrolled to", () => {
  const pages = Array.from({ length: 30 }, (_, index) => page(`p${index + 1}`));
  const documents = draft().documents.map((document) => ({ ...document, pages }));
  const viewport = new Viewport(() => documents);
  const pane = document.createElement("div");
  const detach = viewport.attach(pane);
  const pageAtTop = () => {
    const { layout, scroll } = viewport;
    return layout.pages.findLast((page) => page.top <= scroll.y)?.number;
  };
  const twentieth = viewport.layout.pages[19];
  // The browser tells of the scroll only with the next frame.
  pane.scrollTop = (twentieth?.top ?? 0) + 10;
  viewport.setZoom(viewport.zoom * 2, { x: 0, y: 0 });
  expect(pageAtTop()).toBe(20);
  detach();
});
