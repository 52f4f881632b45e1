/** Text must stand out 4.5 to 1, and what has a meaning as a shape 3 to 1 (WCAG 2.2 AA). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync("src/shared/tokens.css", "utf8");
type Theme = "light" | "dark";

function colour(name: string, theme: Theme): string {
  const both = css.match(new RegExp(`--${name}:\\s*light-dark\\((#\\w{6}), (#\\w{6})\\)`, "u"));
  const one = css.match(new RegExp(`--${name}:\\s*(#\\w{6});`, "u"));
  const found = both ? both[theme === "light" ? 1 : 2] : one?.[1];
  if (!found) throw new Error(`tokens.css has no colour --${name}`);
  return found;
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const surfaces = ["canvas", "surface", "sunken", "raised", "hover"];
const pairs: [string, string][] = [
  ...["text", "text-muted", "text-faint", "accent-text", "danger", "warning", "success"].flatMap(
    (ink) => surfaces.map((ground): [string, string] => [ink, ground]),
  ),
  ["accent-text", "accent-soft"],
  ["text-muted", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-danger", "danger-fill"],
  ["on-live", "live"],
  ...["success", "warning", "danger"].map((tone): [string, string] => [tone, `${tone}-soft`]),
  ...["success", "warning", "danger"].map((tone): [string, string] => ["text", `${tone}-soft`]),
  ...["practice", "test", "live"].map((tone): [string, string] => [tone, `${tone}-soft`]),
  ...Array.from({ length: 8 }, (_, n): [string, string] => [`person-${n}`, `person-${n}-soft`]),
  ...Array.from({ length: 8 }, (_, n): [string, string] => [`person-${n}`, "surface"]),
];
const shapes: [string, string][] = [
  ["control-line", "surface"],
  ["focus", "surface"],
  ["focus", "canvas"],
  ["practice-line", "practice-soft"],
  ["live-line", "live-soft"],
];

describe.each(["light", "dark"] as const)("on %s", (theme) => {
  test.each(pairs)("%s can be read on %s", (ink, ground) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapes)("%s can be seen on %s", (ink, ground) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

test.each(Array.from({ length: 8 }, (_, n) => n))("person %i can be read on white paper", (n) => {
  expect(contrast(colour(`person-${n}-paper`, "light"), "#ffffff")).toBeGreaterThanOrEqual(4.5);
});

test("the three environments differ for those who see no colours", () => {
  const lightness = (["practice", "test", "live"] as const).map((name) =>
    luminance(colour(name === "live" ? "live" : `${name}-soft`, "light")),
  );
  expect(lightness[0], "only live is solid").toBeGreaterThan((lightness[2] ?? 1) * 4);
  expect(lightness[1], "only live is solid").toBeGreaterThan((lightness[2] ?? 1) * 4);
});
