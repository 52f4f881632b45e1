import { describe, expect, test } from "vitest";
import { BLOCK_LINE, isBlock, lineShown, usualFormulas, withFormula } from "./mentions";

describe("words to be written by hand", () => {
  const kind = { type: "text" as const, content: "Paris", required: false, fontSize: 11 };

  test("stand nowhere before, and have to be written", () => {
    expect(withFormula(kind, " Lu et approuvé ")).toEqual({
      ...kind,
      content: "",
      required: true,
      formula: "Lu et approuvé",
    });
  });

  test("taken away again leave the field as it is", () => {
    const byHand = withFormula(kind, "Lu et approuvé");
    expect(withFormula(byHand, " ")).toEqual({ ...byHand, formula: "" });
  });

  test("are offered in the language of the contract first, each once", () => {
    expect(usualFormulas("french")[0]).toBe("Lu et approuvé");
    expect(usualFormulas("english")[0]).toBe("Read and approved");
    expect(new Set(usualFormulas("english")).size).toBe(usualFormulas("french").length);
  });
});

test("placeholders are shown as what they will be", () => {
  expect(lineShown(BLOCK_LINE, "Ada Martin", "date of signing")).toBe(
    "Ada Martin, date of signing",
  );
  expect(lineShown("For {{date}}", "{{date}}", "today"), "a name is no placeholder").toBe(
    "For today",
  );
});

test("a block is a signature with name and date below, and nothing else", () => {
  const signature = { type: "signature" as const, mentionAbove: "", mentionBelow: BLOCK_LINE };
  expect(isBlock(signature)).toBe(true);
  expect(isBlock({ ...signature, mentionAbove: "Read" })).toBe(false);
  expect(isBlock({ ...signature, mentionBelow: "" })).toBe(false);
  expect(isBlock({ type: "initials" })).toBe(false);
});
