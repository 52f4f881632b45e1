/** Lengths as they are shown and typed. Everything is kept in points. */
import type { LengthUnit, Rect, Size } from "../../../host/bindings";
import { fromMillimetres, POINTS_PER_INCH } from "./geometry";

export const UNITS: readonly LengthUnit[] = ["millimetres", "points", "inches"];

const POINTS: Record<LengthUnit, number> = {
  millimetres: fromMillimetres(1),
  points: 1,
  inches: POINTS_PER_INCH,
};

/** So many digits tell apart what is kept: hundredths of a point. */
export const DIGITS: Record<LengthUnit, number> = { millimetres: 2, points: 2, inches: 3 };

export function toUnit(points: number, unit: LengthUnit): number {
  return points / POINTS[unit];
}

export function fromUnit(length: number, unit: LengthUnit): number {
  return length * POINTS[unit];
}

export type Side = keyof Rect;
/** In points. */
export type Limits = { least: number; most: number };

/** Between which values each number may be typed while the three others stay. */
export function limitsOf(rect: Rect, page: Size, least: Size): Record<Side, Limits> {
  return {
    x: { least: 0, most: Math.max(0, page.w - rect.w) },
    y: { least: 0, most: Math.max(0, page.h - rect.h) },
    w: { least: least.w, most: Math.max(least.w, page.w - rect.x) },
    h: { least: least.h, most: Math.max(least.h, page.h - rect.y) },
  };
}

/** What is shown is rounded: typed again, it is not beyond. In points. */
const ROUNDED = 0.05;

export function isBeyond(points: number, { least, most }: Limits): "least" | "most" | null {
  if (points < least - ROUNDED) return "least";
  return points > most + ROUNDED ? "most" : null;
}
