/** Pages arrive as pictures over a scheme of our own, which Windows' webview spells differently. */
import type { Page } from "../../host/bindings";
import { pathOf, type Piece } from "./model/pictures";

/** Drawn when nobody sees it yet, or small and last; without either, at once. */
export type Urgency = "" | "?ahead" | "?thumbnail";

/** What names a request to the host, also when it is given up. */
export function pictureAddress({ page, picture, part }: Piece, urgency: Urgency): string {
  return pathOf(page, picture.w, part) + urgency;
}

/** `page` is the page that the address names. */
export function pictureUrl(_page: Page, address: string): string {
  const origin = navigator.userAgent.includes("Windows")
    ? "http://page.localhost"
    : "page://localhost";
  return origin + address;
}
