/** What gestures do to fields, one or several: one edit and one named step each time. */
import type {
  Draft,
  DraftEdit,
  Field,
  FieldId,
  FieldKind,
  PageId,
  RecipientId,
  Rect,
  Size,
} from "../../../host/bindings";
import { aligned, type Alignment, around, type Direction, distributed, sized } from "./arranging";
import { optionsFrom, sameOptions } from "./beginnings";
import type { NamedEdit, Step, StepOfSeveral } from "./edits";
import { newId } from "./edits";
import { clampToPage, moved, type Point, resized, tidy, withinPage } from "./geometry";
import type { Spot } from "./gesture";
import { atCorner, type Corner } from "./repeating";

/** A copy stands so far beside what it was copied from, in points. */
const BESIDE = 12;

/** The step of one field or of several, which is then named with their number. */
type Name = "move" | "resize" | "duplicate" | "delete" | "reassign" | "align";
const NAMES: Record<Name, { one: Step; several: StepOfSeveral }> = {
  move: { one: "editor_step_move_field", several: "editor_step_move_fields" },
  resize: { one: "editor_step_resize_field", several: "editor_step_resize_fields" },
  duplicate: { one: "editor_step_duplicate_field", several: "editor_step_duplicate_fields" },
  delete: { one: "editor_step_delete_field", several: "editor_step_delete_fields" },
  reassign: { one: "editor_step_reassign_field", several: "editor_step_reassign_fields" },
  align: { one: "editor_step_move_field", several: "editor_step_align_fields" },
};

/** Null when nothing would change: a click that moved nothing is no step. */
export function placeAgain(
  fields: readonly Field[],
  spots: ReadonlyMap<FieldId, Spot>,
  name: "move" | "resize" | "align",
): NamedEdit | null {
  const changed = fields.flatMap((field) => {
    const spot = spots.get(field.id);
    if (!spot) return [];
    const to = { page: spot.page, rect: tidy(spot.rect) };
    return isThere(field, to) ? [] : [{ ...field, ...to }];
  });
  return named(changed.map(update), name);
}

export function reassign(fields: readonly Field[], recipient: RecipientId): NamedEdit | null {
  const others = fields.filter((field) => field.recipient !== recipient);
  return named(
    others.map((field) => update({ ...field, recipient })),
    "reassign",
  );
}

export function remove(fields: readonly Field[]): NamedEdit | null {
  return named(
    fields.map(({ id }) => ({ edit: "remove_field", field: id })),
    "delete",
  );
}

export function change(field: Field, kind: FieldKind): NamedEdit {
  return { edit: update({ ...field, kind }), label: "editor_step_change_field" };
}

/** The size and options of `field` for every other of its type; null when all have them already. */
export function applyToAll(
  draft: Draft,
  field: Field,
  sizeOf: (page: PageId) => Size | null,
): { edit: NamedEdit; count: number } | null {
  const edits = draft.fields.flatMap((other) => {
    const page = sizeOf(other.page);
    if (other.id === field.id || other.kind.type !== field.kind.type || !page) return [];
    const { w, h } = field.rect;
    const rect = tidy(clampToPage({ ...other.rect, w, h }, page));
    const kind = optionsFrom(other.kind, field.kind);
    const isSame = isThere(other, { page: other.page, rect }) && sameOptions(other.kind, kind);
    return isSame ? [] : [update({ ...other, rect, kind })];
  });
  const count = edits.length;
  if (count === 0) return null;
  return {
    edit: { edit: { edit: "batch", edits }, label: `editor_step_apply_fields ${count}` },
    count,
  };
}

/** Copies a little lower and to the right, or the other way at the page's corner. */
export function copiesBeside(fields: readonly Field[], sizeOf: (page: PageId) => Size | null) {
  return fields.flatMap((field) => {
    const size = sizeOf(field.page);
    if (!size) return [];
    const together = around(
      fields.filter(({ page }) => page === field.page).map(({ rect }) => rect),
    );
    const dx = together.x + together.w + BESIDE <= size.w ? BESIDE : -BESIDE;
    const dy = together.y + together.h + BESIDE <= size.h ? BESIDE : -BESIDE;
    const { rect } = field;
    return [
      copyAt(field, { page: field.page, rect: { ...rect, x: rect.x + dx, y: rect.y + dy } }, size),
    ];
  });
}

/** Copies as they stood, upper left corner for corner, on another page. */
export function copiesOn(fields: readonly Field[], page: PageId, size: Size): Field[] {
  return fields.map((field) => copyAt(field, { page, rect: field.rect }, size));
}

/**
 * Copies on other pages, as far from the same corner. A page that has one there already, of the same
 * kind and person, gets none: doing it twice does nothing more.
 */
export function repeated(
  fields: readonly Field[],
  pages: readonly { id: PageId; size: Size }[],
  corner: Corner,
  draft: Draft,
): Field[] {
  const sizes = new Map(pages.map(({ id, size }) => [id, size]));
  return fields.flatMap((field) => {
    const from = sizes.get(field.page);
    if (!from) return [];
    return pages.flatMap(({ id, size }) => {
      if (id === field.page) return [];
      const spot = { page: id, rect: atCorner(field.rect, corner, from, size) };
      const isTwin = (other: Field) =>
        other.recipient === field.recipient &&
        other.kind.type === field.kind.type &&
        isThere(other, { page: id, rect: tidy(spot.rect) });
      return draft.fields.some(isTwin) ? [] : [copyAt(field, spot, size)];
    });
  });
}

export function repeat(draft: Draft, copies: readonly Field[]): NamedEdit | null {
  return renamed(insert(draft, copies), "editor_step_repeat_fields", pagesOf(copies).length);
}

export function initial(draft: Draft, initials: readonly Field[]): NamedEdit | null {
  return renamed(insert(draft, initials), "editor_step_initial_pages", pagesOf(initials).length);
}

export function removeInitials(initials: readonly Field[]): NamedEdit | null {
  return renamed(remove(initials), "editor_step_remove_initials", initials.length);
}

export function insert(draft: Draft, copies: readonly Field[]): NamedEdit | null {
  const first = draft.fields.length;
  return named(
    copies.map((field, index) => ({ edit: "insert_field", field, at: first + index })),
    "duplicate",
  );
}

function copyAt(field: Field, { page, rect }: Spot, size: Size): Field {
  return { ...field, id: newId(), page, rect: tidy(clampToPage(rect, size)) };
}

/** The pages that they stand on, each once. */
export function pagesOf(fields: readonly Field[]): PageId[] {
  return [...new Set(fields.map(({ page }) => page))];
}

export function spotOf({ id }: Field, spot: Spot): ReadonlyMap<FieldId, Spot> {
  return new Map([[id, spot]]);
}

/** All the same way, as far as every one of them stays on its page. */
export function shifted(
  fields: readonly Field[],
  by: Point,
  sizeOf: (page: PageId) => Size | null,
): Map<FieldId, Spot> {
  let way = by;
  for (const page of pagesOf(fields)) {
    const size = sizeOf(page);
    const rects = fields.filter((field) => field.page === page).map(({ rect }) => rect);
    if (size) way = withinPage(around(rects), way, size);
  }
  return new Map(
    fields.map(({ id, page, rect }) => {
      const size = sizeOf(page);
      return [id, { page, rect: size ? moved(rect, way, size) : rect }];
    }),
  );
}

/** Each larger or smaller at its lower right corner. */
export function grown(
  fields: readonly Field[],
  by: Point,
  leastOf: (field: Field) => Size,
  sizeOf: (page: PageId) => Size | null,
): Map<FieldId, Spot> {
  return new Map(
    fields.map((field) => {
      const size = sizeOf(field.page);
      const rect = size ? resized(field.rect, "se", by, leastOf(field), size) : field.rect;
      return [field.id, { page: field.page, rect }];
    }),
  );
}

/** Whether any of them gets another size. */
export function isResized(fields: readonly Field[], spots: ReadonlyMap<FieldId, Spot>): boolean {
  return fields.some(({ id, rect }) => {
    const to = spots.get(id)?.rect ?? rect;
    return Math.abs(to.w - rect.w) > 0.005 || Math.abs(to.h - rect.h) > 0.005;
  });
}

export type Arrangement =
  | { what: "align"; how: Alignment }
  | { what: "distribute"; direction: Direction }
  /** As large as this one of them. */
  | { what: "size"; as: FieldId };

/** Where they come to stand; each stays on its page. */
export function arranged(
  fields: readonly Field[],
  arrangement: Arrangement,
  sizeOf: (page: PageId) => Size | null,
): Map<FieldId, Spot> {
  const placed = rearranged(fields, arrangement);
  return new Map(
    fields.flatMap(({ id, page, rect }, index) => {
      const size = sizeOf(page);
      return size ? [[id, { page, rect: clampToPage(placed[index] ?? rect, size) }]] : [];
    }),
  );
}

function rearranged(fields: readonly Field[], arrangement: Arrangement): Rect[] {
  const rects = fields.map(({ rect }) => rect);
  switch (arrangement.what) {
    case "align":
      return aligned(rects, arrangement.how);
    case "distribute":
      return distributed(rects, arrangement.direction);
    case "size": {
      const model = fields.find(({ id }) => id === arrangement.as);
      return model ? sized(rects, model.rect) : rects;
    }
  }
}

function named(edits: DraftEdit[], name: Name): NamedEdit | null {
  const [first] = edits;
  if (!first) return null;
  const { one, several } = NAMES[name];
  if (edits.length === 1) return { edit: first, label: one };
  return { edit: { edit: "batch", edits }, label: `${several} ${edits.length}` };
}

function renamed(edit: NamedEdit | null, step: StepOfSeveral, count: number): NamedEdit | null {
  return edit && { ...edit, label: `${step} ${count}` };
}

function update(field: Field): DraftEdit {
  return { edit: "update_field", field };
}

function isThere(field: Field, { page, rect }: Spot): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= 0.005;
  const is = field.rect;
  return (
    field.page === page &&
    near(is.x, rect.x) &&
    near(is.y, rect.y) &&
    near(is.w, rect.w) &&
    near(is.h, rect.h)
  );
}
