/** In the preview the pages come from the preview's own server, after the delay that is asked for. */
import type { Page } from "../../src/host/bindings";
import { displayedSize } from "../../src/features/editor/model/geometry";
import { pathOf, type Piece } from "../../src/features/editor/model/pictures";

export function pictureAddress({ page, picture, part }: Piece, urgency: string): string {
  return pathOf(page, picture.w, part) + urgency;
}

export function pictureUrl(page: Page, address: string): string {
  const asked = new URLSearchParams(location.search);
  const { w, h } = displayedSize(page.geometry);
  const isBroken = asked.has("broken") && page.index === 0;
  const how = [w, h, asked.get("delay") ?? 0, asked.has("stripes"), isBroken].join(",");
  return `/drawn/${how}${address}`;
}
