/** Pages arrive as pictures over a scheme of our own, which Windows' webview spells differently. */
import type { Page } from "../../host/bindings";

/** `pixelWidth` in device pixels; the height follows from the page. */
export function pageImageUrl(page: Page, pixelWidth: number): string {
  const origin = navigator.userAgent.includes("Windows")
    ? "http://page.localhost"
    : "page://localhost";
  return `${origin}/${page.blob}/${page.index}/${pixelWidth}`;
}
