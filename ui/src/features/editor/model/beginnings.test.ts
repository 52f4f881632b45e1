import { describe, expect, test } from "vitest";
import type { Capabilities, Field, FieldDefault, Rect } from "../../../host/bindings";
import { beginningOf, defaultOf, isDefault, optionsFrom, usedBy } from "./beginnings";
import { draft, signature } from "./fixtures";
import { BLOCK_LINE, isBlock } from "./mentions";

const LIMITS = {
  smallestText: 6,
  largestText: 20,
  smallestSignature: { w: 60, h: 30 },
} as Capabilities;
const box = (w: number, h: number): Rect => ({ x: 10, y: 10, w, h });

function text(id: string, rect: Rect, fontSize: number, required = true): Field {
  const kind = { type: "text" as const, content: "Paris", required, fontSize, formula: "" };
  return { id, page: "p1", recipient: "ada", rect, kind };
}

const textDefault: FieldDefault = defaultOf(text("d", box(90, 20), 9, false), "signer");

function known(by: Partial<Parameters<typeof beginningOf>[1]> = {}) {
  return {
    draft: draft(),
    used: [],
    defaults: [],
    role: "signer" as const,
    capabilities: LIMITS,
    ...by,
  };
}

describe("a new field begins", () => {
  test("as usual in a draft without any", () => {
    const { kind, size } = beginningOf("text", known());
    expect(size).toEqual({ w: 200, h: 24 });
    expect(kind).toMatchObject({ type: "text", required: true, fontSize: 11 });
  });

  test("as the default for the role, and for no other", () => {
    const { kind, size } = beginningOf("text", known({ defaults: [textDefault] }));
    expect(size).toEqual({ w: 90, h: 20 });
    expect(kind).toMatchObject({ required: false, fontSize: 9, content: "" });
    const other = known({ defaults: [{ ...textDefault, role: "approver" }] });
    expect(beginningOf("text", other).size).toEqual({ w: 200, h: 24 });
  });

  test("as the last one in the draft, which counts more than the default", () => {
    const fields = [text("a", box(50, 20), 14), text("b", box(70, 22), 8)];
    const of = known({ draft: draft({ fields }), defaults: [textDefault] });
    expect(beginningOf("text", of)).toMatchObject({
      size: { w: 70, h: 22 },
      kind: { fontSize: 8 },
    });
    const again = beginningOf("text", { ...of, used: ["a", "gone"] });
    expect(again).toMatchObject({ size: { w: 50, h: 20 }, kind: { fontSize: 14, content: "" } });
  });

  test("without the words that are printed with the last signature", () => {
    const last = signature("s", "p1", box(120, 50));
    last.kind = { type: "signature", mentionAbove: "For the landlord", mentionBelow: "" };
    const { kind, size } = beginningOf("signature", known({ draft: draft({ fields: [last] }) }));
    expect(size).toEqual({ w: 120, h: 50 });
    expect(kind).toEqual({ type: "signature", mentionAbove: "", mentionBelow: "" });
  });

  test("within what the provider can do", () => {
    const fields = [signature("s", "p1", box(20, 10)), text("t", box(90, 20), 48)];
    const of = known({ draft: draft({ fields }) });
    expect(beginningOf("signature", of).size).toEqual({ w: 60, h: 30 });
    expect(beginningOf("text", of).kind).toMatchObject({ fontSize: 20 });
  });
});

describe("a block", () => {
  test("is a signature with name and date, and somewhat higher", () => {
    const { kind, size } = beginningOf("block", known());
    expect(isBlock(kind)).toBe(true);
    expect(size.h).toBeGreaterThan(beginningOf("signature", known()).size.h);
  });

  test("and a signature each keep their own size", () => {
    const block = signature("b", "p1", box(220, 90));
    block.kind = { type: "signature", mentionAbove: "", mentionBelow: BLOCK_LINE };
    const fields = [signature("s", "p1", box(120, 50)), block];
    const of = known({ draft: draft({ fields }), used: ["s", "b"] });
    expect(beginningOf("signature", of).size).toEqual({ w: 120, h: 50 });
    expect(beginningOf("block", of).size).toEqual({ w: 220, h: 90 });
  });
});

test("what an edit places or changes was used", () => {
  const field = text("t", box(1, 1), 9);
  const edits = [
    { edit: "insert_field" as const, field, at: 0 },
    { edit: "remove_field" as const, field: "gone" },
    { edit: "update_field" as const, field: { ...field, id: "u" } },
  ];
  expect(usedBy({ edit: "batch", edits })).toEqual(["t", "u"]);
});

test("a field is the default when new ones begin like it", () => {
  const same = { ...text("x", box(90, 20), 9, false), recipient: "ben" };
  expect(isDefault(same, "signer", [textDefault])).toBe(true);
  expect(isDefault(same, "approver", [textDefault])).toBe(false);
  expect(isDefault(text("x", box(91, 20), 9, false), "signer", [textDefault])).toBe(false);
  expect(isDefault(text("x", box(90, 20), 9, true), "signer", [textDefault])).toBe(false);
});

test("options go to another field, and what it says stays", () => {
  const byHand = { ...text("x", box(1, 1), 9).kind, content: "", formula: "Lu et approuvé" };
  const other = text("y", box(1, 1), 14, false).kind;
  expect(optionsFrom(byHand, other)).toEqual({ ...byHand, fontSize: 14, required: true });
  expect(optionsFrom(text("z", box(1, 1), 9).kind, other)).toMatchObject({
    content: "Paris",
    required: false,
  });
});
