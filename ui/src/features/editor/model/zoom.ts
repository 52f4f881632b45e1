/** How large pages are shown. 1 is the size of the paper. */
import type { Size } from "../../../host/bindings";
import { clamp, zoomOfScale } from "./geometry";
import { MARGIN } from "./layout";

export const LEAST_ZOOM = 0.25;
export const MOST_ZOOM = 4;
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];

/** Fitted zooms follow the window's size; a number stays. */
export type ZoomMode = "width" | "page" | "free";

export function clampZoom(zoom: number): number {
  return clamp(zoom, LEAST_ZOOM, MOST_ZOOM);
}

export function nextZoom(zoom: number, direction: 1 | -1): number {
  // A hair of slack, so that a fitted zoom of 0.9999 counts as the step 1.
  const beyond = STEPS.filter((step) =>
    direction > 0 ? step > zoom * 1.005 : step < zoom * 0.995,
  );
  const step = direction > 0 ? beyond[0] : beyond[beyond.length - 1];
  return step ?? clampZoom(zoom);
}

/** `delta` is a wheel event's, in CSS pixels; a notch is about 100 of them. */
export function wheelZoom(zoom: number, delta: number): number {
  return clampZoom(zoom * Math.exp(-clamp(delta, -240, 240) * 0.0022));
}

/** The zoom at which a page of `page` points fills a viewport of `room` CSS pixels. */
export function fitZoom(mode: "width" | "page", page: Size, room: Size): number {
  const across = (room.w - 2 * MARGIN) / page.w;
  const down = (room.h - 2 * MARGIN) / page.h;
  return clampZoom(zoomOfScale(mode === "width" ? across : Math.min(across, down)));
}
