/** In the preview a page is a drawing: lines of text, so that scale and place can be judged. */
import type { Page } from "../../src/host/bindings";

export function pageImageUrl(page: Page, pixelWidth: number): string {
  if (new URLSearchParams(location.search).has("broken") && page.index === 0) return "data:,broken";
  const turned = page.geometry.rotation === "quarter";
  const { urx, ury } = page.geometry.visible;
  const [w, h] = turned ? [ury, urx] : [urx, ury];
  const lines = Array.from({ length: Math.floor((h - 190) / 17) }, (_, line) => {
    if ((line + page.index) % 9 === 8) return "";
    const length =
      (w - 120) * (((line * 7 + page.index) % 9 === 7 ? 0.5 : 0.93) + ((line * 13) % 7) / 100);
    return `<rect x="60" y="${140 + line * 17}" width="${length}" height="5" rx="2" fill="#9aa0ad"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${pixelWidth}" viewBox="0 0 ${w} ${h}"><rect width="${w}" height="${h}" fill="#fff"/><text x="60" y="90" font-family="serif" font-size="22" fill="#222">Article ${page.index + 1}</text><rect x="60" y="102" width="160" height="2" fill="#222"/>${lines.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
