/** Initials on many pages: where they stand, and which pages still have none. */
import type { Draft, Field, RecipientId, Rect, Size } from "../../../host/bindings";
import { newId, newKind } from "./edits";
import { clampToPage, doTouch } from "./geometry";
import type { PagePlace } from "./layout";
import { type Choice, pagesOf } from "./repeating";

/** Between initials, and from them to the page's edge, in points. */
const GAP = 6;
const EDGE = 24;
/** So many places are tried for one that is free on every page. */
const MOST_PLACES = 40;

type PageOf = Pick<PagePlace, "id" | "document" | "size">;

export function initialsOf(draft: Draft, recipient: RecipientId): Field[] {
  return draft.fields.filter(
    (field) => field.recipient === recipient && field.kind.type === "initials",
  );
}

/** The chosen pages of every document that is signed, without those this person initials already. */
export function pagesWithout<P extends PageOf>(
  draft: Draft,
  recipient: RecipientId,
  choice: Choice,
  pages: readonly P[],
): P[] {
  const done = new Set(initialsOf(draft, recipient).map(({ page }) => page));
  return draft.documents
    .filter(({ purpose }) => purpose === "to_sign")
    .flatMap(({ id }) => {
      const own = pages.filter(({ document }) => document === id);
      const chosen = pagesOf(choice, "", own.length) ?? [];
      return chosen.flatMap((number) => own[number - 1] ?? []);
    })
    .filter(({ id }) => !done.has(id));
}

/** At the bottom right of each page, at the first place that is free on all of them. */
export function initialsOn(
  draft: Draft,
  recipient: RecipientId,
  pages: readonly PageOf[],
  size: Size,
): Field[] {
  const taken = new Map(pages.map(({ id }) => [id, [] as Rect[]]));
  for (const { page, rect } of draft.fields) taken.get(page)?.push(rect);
  const isFree = (place: number) =>
    pages.every((page) => {
      const rect = placeOn(page.size, size, place);
      return !taken.get(page.id)?.some((other) => doTouch(other, rect));
    });
  const places = Array.from({ length: MOST_PLACES }, (_, place) => place);
  const place = places.find(isFree) ?? 0;
  return pages.map((page) => ({
    id: newId(),
    page: page.id,
    recipient,
    rect: placeOn(page.size, size, place),
    kind: newKind("initials"),
  }));
}

/** Counted from the page's lower right corner to the left, then upwards. */
function placeOn(page: Size, size: Size, place: number): Rect {
  const columns = Math.max(1, Math.floor((page.w - 2 * EDGE + GAP) / (size.w + GAP)));
  const column = place % columns;
  const row = Math.floor(place / columns);
  return clampToPage(
    {
      x: page.w - EDGE - (column + 1) * size.w - column * GAP,
      y: page.h - EDGE - (row + 1) * size.h - row * GAP,
      ...size,
    },
    page,
  );
}
