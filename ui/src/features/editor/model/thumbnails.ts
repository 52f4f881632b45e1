/** Where each thumbnail stands in its list, in CSS pixels. */
import type { Size } from "../../../host/bindings";

/** A thumbnail is at most this wide and, for tall pages, this high. */
const MOST_WIDTH = 132;
const MOST_HEIGHT = 190;
/** Room for the page's number and its marks. */
const CAPTION = 26;
const GAP = 12;
const MARGIN = 14;

export type ThumbnailPlace = { top: number; width: number; height: number };
export type ThumbnailList = { list: ThumbnailPlace[]; height: number };

export function layOutThumbnails(pages: Size[]): ThumbnailList {
  let top = MARGIN;
  const list = pages.map((page) => {
    const width = Math.round(Math.min(MOST_WIDTH, (MOST_HEIGHT * page.w) / page.h));
    const height = Math.round((width * page.h) / page.w) + CAPTION;
    const place = { top, width, height };
    top += height + GAP;
    return place;
  });
  return { list, height: top };
}

/** Indices of the first and one past the last thumbnail in the band. */
export function thumbnailsIn(
  { list }: ThumbnailList,
  top: number,
  bottom: number,
): [number, number] {
  let first = list.findIndex((place) => place.top + place.height >= top);
  if (first < 0) first = list.length;
  let end = first;
  for (let place = list[end]; place && place.top <= bottom; place = list[end]) end += 1;
  return [first, end];
}
