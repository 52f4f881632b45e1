/**
 * Places for fields that the pages ask for: whose they become, what taking them does, and which are
 * left. The domain proposes them; what stands in one now is seen before it is asked again.
 */
import type {
  Draft,
  Field,
  FieldKind,
  PageId,
  Recipient,
  RecipientId,
  Rect,
  Size,
  Suggestion,
} from "../../../host/bindings";
import { type NamedEdit, newId } from "./edits";
import { clampToPage, tidy } from "./geometry";
import { fieldsByPage } from "./order";

/** A suggestion, known by what it is and where: asked again, it is still the same one. */
export type Place = Suggestion & { key: string };

export function placesOf(suggestions: readonly Suggestion[]): Place[] {
  return suggestions.map((suggestion) => ({ ...suggestion, key: keyOf(suggestion) }));
}

function keyOf({ page, kind, rect }: Suggestion): string {
  return [page, kind.type, ...[rect.x, rect.y, rect.w, rect.h].map(Math.round)].join("_");
}

/** Of the smaller one's area: with less in common, they only touch. The domain's rule. */
const PART_TAKEN = 0.2;

/** Those where no field stands. */
export function free(places: readonly Place[], fields: Field[]): Place[] {
  const byPage = fieldsByPage(fields);
  return places.filter(
    ({ page, rect }) => !byPage.get(page)?.some((field) => isTaken(rect, field.rect)),
  );
}

function isTaken(a: Rect, b: Rect): boolean {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 && w * h >= PART_TAKEN * Math.min(a.w * a.h, b.w * b.h);
}

/** Pages from which fields have gone since, or on which they were moved. */
export function pagesLeft(before: readonly Field[], now: readonly Field[]): PageId[] {
  const places = new Map(now.map(({ id, page, rect }) => [id, { page, rect }]));
  const left = before.filter(({ id, page, rect }) => {
    const there = places.get(id);
    return there?.page !== page || JSON.stringify(there.rect) !== JSON.stringify(rect);
  });
  return [...new Set(left.map(({ page }) => page))];
}

/** Whom a place is proposed for, if they still sign. */
export function proposedFor(
  { recipient }: Suggestion,
  signers: readonly Recipient[],
): Recipient | null {
  return signers.find(({ id }) => id === recipient) ?? null;
}

export type Given = { place: Place; recipient: RecipientId };

/**
 * To whom all of them go at once. A place that names nobody goes to the only one who signs; with
 * several it waits, as does one that names somebody who does not sign: a guess would be a wrong
 * signature.
 */
export function giveAll(
  places: readonly Place[],
  signers: readonly Recipient[],
): { given: Given[]; waiting: Place[] } {
  const only = signers.length === 1 ? signers[0] : undefined;
  const given: Given[] = [];
  const waiting: Place[] = [];
  for (const place of places) {
    const person = place.recipient === null ? only : proposedFor(place, signers);
    if (person) given.push({ place, recipient: person.id });
    else waiting.push(place);
  }
  return { given, waiting };
}

export type Fitting = {
  /** How fields of its type begin. */
  begins: FieldKind;
  /** Points. */
  least: Size;
  page: Size;
};

/** In its place; larger only where the provider asks for it, and then upwards from its line. */
export function fieldIn({ place, recipient }: Given, fitting: Fitting): Field {
  const { page, rect, kind } = place;
  const w = Math.max(rect.w, fitting.least.w);
  const h = Math.max(rect.h, fitting.least.h);
  const grown = { x: rect.x, y: rect.y + rect.h - h, w, h };
  const fitted = tidy(clampToPage(grown, fitting.page));
  return { id: newId(), page, recipient, rect: fitted, kind: withOptions(kind, fitting.begins) };
}

/** What it says goes before how such fields begin; letters are as large as those beside it. */
function withOptions(kind: FieldKind, begins: FieldKind): FieldKind {
  if (kind.type === "signature" && begins.type === "signature") {
    return kind.mentionAbove === "" && kind.mentionBelow === "" ? begins : kind;
  }
  if (kind.type === "text" && begins.type === "text") {
    // What has to be written by hand cannot be left out.
    const required = (kind.formula ?? "") !== "" || begins.required;
    return { ...kind, required };
  }
  return kind;
}

/** One step, however many they are; null without any. */
export function accept(draft: Draft, fields: readonly Field[]): NamedEdit | null {
  const first = draft.fields.length;
  const edits = fields.map((field, index) => ({
    edit: "insert_field" as const,
    field,
    at: first + index,
  }));
  const [only] = edits;
  if (!only) return null;
  return edits.length === 1
    ? { edit: only, label: "editor_step_accept_suggestion" }
    : { edit: { edit: "batch", edits }, label: `editor_step_accept_suggestions ${edits.length}` };
}

/**
 * The next one that is shown, going round. `from`: the key of one that may be shown no more; else
 * it begins with the page that is looked at, or backwards before it.
 */
export function nextOf(
  all: readonly Place[],
  shown: readonly Place[],
  from: string | null,
  startsAt: (place: Place) => boolean,
  direction: 1 | -1,
): Place | null {
  const isShown = new Set(shown.map(({ key }) => key));
  const { length } = all;
  const known = all.findIndex(({ key }) => key === from);
  const found = all.findIndex(startsAt);
  const start = found < 0 ? 0 : found;
  const first = known >= 0 ? known + direction : direction > 0 ? start : start - 1;
  for (let steps = 0; steps < length; steps += 1) {
    const index = (((first + steps * direction) % length) + length) % length;
    const place = all[index];
    if (place && isShown.has(place.key)) return place;
  }
  return null;
}
