import fc from "fast-check";
import { expect, test } from "vitest";
import { draft, person, signature } from "./fixtures";
import { freeColour, leastSize, newRecipient, newSize } from "./edits";
import { copiesBeside } from "./fieldEdits";
import { readingOrder } from "./order";
import { clampToPage } from "./geometry";

const at = (id: string, page: string, x: number, y: number, h = 60) =>
  signature(id, page, { x, y, w: 100, h });

test("fields are read page by page, line by line, left to right", () => {
  const { documents } = draft();
  const fields = [
    at("last", "p3", 10, 10),
    at("second line", "p1", 20, 300),
    // Drawn by hand: the right one stands a little higher, and is still read second.
    at("left", "p1", 50, 104),
    at("right", "p1", 300, 100),
    at("page 2", "p2", 10, 10),
  ];
  expect(readingOrder(fields, documents).map(({ id }) => id)).toEqual([
    "left",
    "right",
    "second line",
    "page 2",
    "last",
  ]);
});

test("every field of the draft's pages is read exactly once", () => {
  const { documents } = draft();
  const field = fc.record({
    page: fc.constantFrom("p1", "p2", "p3"),
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 700 }),
    h: fc.integer({ min: 5, max: 100 }),
  });
  fc.assert(
    fc.property(fc.array(field, { maxLength: 30 }), (made) => {
      const fields = made.map(({ page, x, y, h }, index) => at(String(index), page, x, y, h));
      const read = readingOrder(fields, documents).map(({ id }) => Number(id));
      expect(read.toSorted((a, b) => a - b)).toEqual(fields.map((_, index) => index));
    }),
  );
});

test("a copy stands beside its original and on the page", () => {
  const page = { w: 595, h: 842 };
  for (const rect of [
    { x: 10, y: 10, w: 180, h: 60 },
    { x: 415, y: 782, w: 180, h: 60 },
    { x: 0, y: 0, w: 595, h: 842 },
  ]) {
    const [copy] = copiesBeside([signature("f", "p1", rect)], () => page);
    if (!copy) throw new Error("a copy is a new field");
    expect(copy.id).not.toBe("f");
    expect(clampToPage(copy.rect, page)).toEqual(copy.rect);
  }
});

test("a signature is never placed smaller than the provider's least size", () => {
  const capabilities = { smallestSignature: { w: 200, h: 37 } } as never;
  expect(newSize("signature", null)).toEqual({ w: 180, h: 60 });
  expect(newSize("signature", capabilities)).toEqual({ w: 200, h: 60 });
  expect(newSize("text", capabilities)).toEqual({ w: 200, h: 24 });
  expect(leastSize("signature", capabilities)).toEqual({ w: 200, h: 37 });
  expect(leastSize("text", capabilities)).toEqual({ w: 8, h: 8 });
});

test("people get colours of their own until there are none left", () => {
  const colours: number[] = [];
  let base = draft({ recipients: [] });
  for (let count = 0; count < 10; count += 1) {
    const next = newRecipient(base, {}, null);
    colours.push(next.colour);
    base = { ...base, recipients: [...base.recipients, next] };
  }
  expect(colours).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0, 1]);
  expect(freeColour([person("a", { colour: 0 }), person("b", { colour: 2 })])).toBe(1);
});

test("a new person proves who they are; nobody gets 'none' without choosing it", () => {
  const onlySms = { identityChecks: ["sms_code", "none"] } as never;
  expect(newRecipient(draft(), {}, null).identityCheck).toBe("email_code");
  expect(newRecipient(draft(), {}, onlySms).identityCheck).toBe("sms_code");
});
