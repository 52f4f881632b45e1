import { describe, expect, test } from "vitest";
import type { Field, Rect } from "../../../host/bindings";
import {
  applyToAll,
  arranged,
  change,
  copiesOn,
  insert,
  placeAgain,
  reassign,
  remove,
  repeat,
  repeated,
} from "./fieldEdits";
import { draft, signature } from "./fixtures";

const A4 = { w: 595, h: 842 };
const box = (x: number, y: number, w = 100, h = 40): Rect => ({ x, y, w, h });
const two: [Field, Field] = [
  signature("f", "p1", box(100, 100)),
  signature("g", "p2", box(300, 500)),
];

const spots = (...rects: [string, string, Rect][]) =>
  new Map(rects.map(([id, page, rect]) => [id, { page, rect }]));

describe("a step of several fields", () => {
  test("is one batch, named with how many changed", () => {
    const edit = placeAgain(
      two,
      spots(["f", "p1", box(110, 100)], ["g", "p2", box(310, 500)]),
      "move",
    );
    expect(edit?.label).toBe("editor_step_move_fields 2");
    expect(edit?.edit).toMatchObject({
      edit: "batch",
      edits: [
        { edit: "update_field", field: { id: "f", rect: { x: 110 } } },
        { edit: "update_field", field: { id: "g", rect: { x: 310 } } },
      ],
    });
  });

  test("leaves out what stays as it is, and is no step when all of it does", () => {
    const edit = placeAgain(
      two,
      spots(["f", "p1", box(100, 100)], ["g", "p1", box(300, 500)]),
      "move",
    );
    expect(edit?.label, "another page is a change").toBe("editor_step_move_field");
    expect(placeAgain(two, spots(["f", "p1", box(100, 100)]), "align")).toBeNull();
    expect(remove([])).toBeNull();
    const recipient = two[0].recipient;
    expect(reassign(two, recipient), "they are that person's already").toBeNull();
  });

  test("takes them away, or gives them to somebody", () => {
    expect(remove(two)).toMatchObject({ label: "editor_step_delete_fields 2" });
    expect(reassign(two, "somebody else")).toMatchObject({
      label: "editor_step_reassign_fields 2",
      edit: { edits: [{ field: { recipient: "somebody else" } }, {}] },
    });
  });

  test("puts copies after all others, each with an id of its own", () => {
    const before = draft();
    const copies = copiesOn(two, "p3", A4);
    const step = insert(before, copies);
    expect(new Set(copies.map(({ id }) => id)).size).toBe(2);
    expect(copies.map(({ page, rect }) => [page, rect])).toEqual([
      ["p3", box(100, 100)],
      ["p3", box(300, 500)],
    ]);
    expect(step).toMatchObject({
      label: "editor_step_duplicate_fields 2",
      edit: {
        edits: [{ at: before.fields.length }, { at: before.fields.length + 1 }],
      },
    });
  });
});

describe("order among several", () => {
  test("keeps each on its page, also where that is smaller", () => {
    const wide = signature("f", "p1", box(700, 10));
    const sizeOf = (page: string) => (page === "p1" ? { w: 842, h: 595 } : A4);
    const there = arranged([wide, two[1]], { what: "align", how: "right" }, sizeOf);
    expect(there.get("f")).toEqual({ page: "p1", rect: box(700, 10) });
    expect(there.get("g")).toEqual({ page: "p2", rect: box(495, 500) });
  });

  test("gives all the size of one", () => {
    const large = signature("g", "p2", box(300, 500, 150, 60));
    const there = arranged([two[0], large], { what: "size", as: "g" }, () => A4);
    expect(there.get("f")?.rect).toEqual(box(100, 100, 150, 60));
    expect(there.get("g")?.rect).toEqual(large.rect);
  });
});

test("what a field holds is changed by itself", () => {
  const kind = { type: "signature" as const, mentionAbove: "Read and approved", mentionBelow: "" };
  expect(change(two[0], kind)).toEqual({
    label: "editor_step_change_field",
    edit: { edit: "update_field", field: { ...two[0], kind } },
  });
});

describe("repeating", () => {
  const initials = signature("f", "p1", box(485, 792, 100, 40));
  const pages = [
    { id: "p1", size: A4 },
    { id: "p2", size: A4 },
    { id: "p3", size: { w: 842, h: 595 } },
  ];
  const before = draft({ fields: [initials] });

  test("puts one on every other page, as far from the same corner", () => {
    const copies = repeated([initials], pages, "bottom_right", before);
    expect(copies.map(({ page, rect }) => [page, rect])).toEqual([
      ["p2", box(485, 792, 100, 40)],
      ["p3", box(732, 545, 100, 40)],
    ]);
    const step = repeat(before, copies);
    expect(step?.label).toBe("editor_step_repeat_fields 2");
    expect(step?.edit).toMatchObject({ edit: "batch", edits: [{ at: 1 }, { at: 2 }] });
  });

  test("a second time does nothing more", () => {
    const copies = repeated([initials], pages, "bottom_right", before);
    const after = { ...before, fields: [initials, ...copies] };
    expect(repeated([initials], pages, "bottom_right", after)).toEqual([]);
    expect(repeat(after, [])).toBeNull();
  });

  test("several are counted by the pages that they come to", () => {
    const date = signature("g", "p1", box(100, 700, 80, 20));
    const copies = repeated([initials, date], pages, "bottom_right", before);
    expect(copies).toHaveLength(4);
    expect(repeat(before, copies)?.label).toBe("editor_step_repeat_fields 2");
  });
});

describe("for all of one type", () => {
  const text = (id: string, rect: Rect, fontSize: number): Field => ({
    ...signature(id, "p1", rect),
    kind: { type: "text", content: id, required: true, fontSize, formula: "" },
  });
  const model = text("model", box(10, 10, 90, 20), 9);
  const fields = [
    model,
    signature("other", "p1", box(0, 0)),
    text("low", box(550, 830, 20, 10), 14),
    text("same", box(50, 50, 90, 20), 9),
  ];

  test("size and options are taken over in one step that says of how many", () => {
    const applied = applyToAll(draft({ fields }), model, () => A4);
    expect(applied?.count).toBe(1);
    expect(applied?.edit.label).toBe("editor_step_apply_fields 1");
    expect(applied?.edit.edit).toEqual({
      edit: "batch",
      edits: [
        {
          edit: "update_field",
          field: {
            ...text("low", { x: 505, y: 822, w: 90, h: 20 }, 9),
            kind: { type: "text", content: "low", required: true, fontSize: 9, formula: "" },
          },
        },
      ],
    });
  });

  test("nothing is a step when all have them already", () => {
    expect(applyToAll(draft({ fields: [model, fields[3] ?? model] }), model, () => A4)).toBeNull();
  });
});
