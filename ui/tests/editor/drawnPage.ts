/**
 * In the preview a page is a drawing: lines of text, so that scale and place can be judged; with
 * stripes, lines of one pixel, in which every picture that is not on the screen's own pixels shows.
 */
export type Drawing = {
  /** The displayed page, in points. */
  page: { w: number; h: number };
  index: number;
  /** Width of the whole picture, in pixels. */
  width: number;
  part: { x: number; y: number; w: number; h: number } | null;
  stripes: boolean;
};

export function drawnPage({ page, index, width, part, stripes }: Drawing): string {
  const { w, h } = page;
  const scale = width / w;
  const { x, y, w: partW, h: partH } = part ?? { x: 0, y: 0, w: width, h: Math.round(h * scale) };
  const lines = Array.from({ length: Math.floor((h - 190) / 17) }, (_, line) => {
    if ((line + index) % 9 === 8) return "";
    const share = ((line * 7 + index) % 9 === 7 ? 0.5 : 0.93) + ((line * 13) % 7) / 100;
    const length = (w - 120) * share;
    return `<rect x="60" y="${140 + line * 17}" width="${length}" height="5" rx="2" fill="#9aa0ad"/>`;
  });
  const pattern = stripes
    ? `<pattern id="s" width="2" height="2" patternUnits="userSpaceOnUse"><path d="M0 0h1v2h-1z"/></pattern><rect x="${x}" y="${y}" width="${partW}" height="${partH}" fill="url(#s)"/>`
    : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${partW}" height="${partH}" viewBox="${x} ${y} ${partW} ${partH}"><rect width="100%" height="100%" x="${x}" y="${y}" fill="#fff"/><g transform="scale(${scale})"><text x="60" y="90" font-family="serif" font-size="22" fill="#222">Article ${index + 1}</text><rect x="60" y="102" width="160" height="2" fill="#222"/>${lines.join("")}</g>${pattern}</svg>`;
}
