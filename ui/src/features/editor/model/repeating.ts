/** On which other pages a field is to stand as well, and where there. */
import type { Rect, Size } from "../../../host/bindings";
import { clampToPage } from "./geometry";

export const CHOICES = ["all", "all_but_first", "all_but_last", "odd", "even", "these"] as const;
export type Choice = (typeof CHOICES)[number];

/** Page numbers from 1, in order. `typed` counts for "these" only; null when it names no pages. */
export function pagesOf(choice: Choice, typed: string, count: number): number[] | null {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  switch (choice) {
    case "all":
      return all;
    case "all_but_first":
      return all.slice(1);
    case "all_but_last":
      return all.slice(0, -1);
    case "odd":
      return all.filter((number) => number % 2 === 1);
    case "even":
      return all.filter((number) => number % 2 === 0);
    case "these":
      return typedPages(typed, count);
  }
}

/**
 * `2-5, 9` and what people type like it: other dashes and semicolons, spaces anywhere, `5-` to the
 * end, `-3` from the beginning. Null when a part of it is no page of the document.
 */
export function typedPages(typed: string, count: number): number[] | null {
  const numbers = new Set<number>();
  const parts = typed.split(/[,;]/u).map((part) => part.replace(/\s/gu, ""));
  for (const part of parts) {
    if (part === "") continue;
    const found = /^(\d*)([-\u2010-\u2015])?(\d*)$/u.exec(part);
    if (!found) return null;
    const [, first = "", dash, last = ""] = found;
    if (dash === undefined ? last !== "" : first === "" && last === "") return null;
    const from = first === "" ? 1 : Number(first);
    const to = dash === undefined ? from : last === "" ? count : Number(last);
    const [low, high] = from <= to ? [from, to] : [to, from];
    if (low < 1 || high > count) return null;
    for (let number = low; number <= high; number += 1) numbers.add(number);
  }
  return numbers.size > 0 ? [...numbers].sort((a, b) => a - b) : null;
}

export const CORNERS = ["top_left", "top_right", "bottom_left", "bottom_right"] as const;
export type Corner = (typeof CORNERS)[number];

/** The one that a rectangle is nearest to. */
export function nearestCorner(rect: Rect, page: Size): Corner {
  const isRight = rect.x + rect.w / 2 > page.w / 2;
  const isLow = rect.y + rect.h / 2 > page.h / 2;
  return `${isLow ? "bottom" : "top"}_${isRight ? "right" : "left"}`;
}

/** On a page of another size: as far from the same corner, and on the page in any case. */
export function atCorner(rect: Rect, corner: Corner, from: Size, to: Size): Rect {
  return clampToPage(
    {
      ...rect,
      x: corner.endsWith("right") ? rect.x + to.w - from.w : rect.x,
      y: corner.startsWith("bottom") ? rect.y + to.h - from.h : rect.y,
    },
    to,
  );
}
