import { describe, expect, test, vi } from "vitest";
import type { Field } from "../../src/host/bindings";
import { usual } from "./drafts";
import { open, retype, settle } from "./open";

type Opened = Awaited<ReturnType<typeof open>>;

async function select({ screen }: Opened, name: RegExp): Promise<void> {
  screen.getByRole("button", { name }).focus();
  await settle();
}

/** Types a number and leaves the input. */
async function type({ screen, user }: Opened, name: string, text: string): Promise<HTMLElement> {
  const input = screen.getByRole("textbox", { name });
  await retype(user, input, text);
  await user.keyboard("{Enter}");
  await settle();
  return input;
}

/** What a screen reader says of an input beside its name. */
function reasonOf(input: HTMLElement): string | null | undefined {
  return document.getElementById(input.getAttribute("aria-describedby") ?? "")?.textContent;
}

const textField = (fields: Field[]) => fields.find(({ id }) => id === "f3");

describe("a place that is typed", () => {
  test.each([
    ["42,5", 120.47],
    ["42.5", 120.47],
  ])("takes %s millimetres to a hundredth of a point", async (typed, points) => {
    const opened = await open(usual);
    await select(opened, /^Signature of Grace/u);
    await type(opened, "From the left", typed);
    expect(opened.host.draft.fields.find(({ id }) => id === "f2")?.rect.x).toBe(points);
  });

  test("beyond the page is said, and nothing is changed until it can be", async () => {
    const opened = await open(usual);
    await select(opened, /^Signature of Grace/u);
    const input = await type(opened, "From the left", "200");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(reasonOf(input)).toMatch(/^From 0\smm to 146\.5\smm, so that it stays on the page\.$/u);
    expect((input as HTMLInputElement).value, "what was typed can be mended").toBe("200");
    expect(opened.labels()).toEqual([]);
    await type(opened, "From the left", "20");
    expect(input.getAttribute("aria-invalid")).toBeNull();
    expect(opened.labels()).toEqual(["editor_step_move_field"]);
  });

  test("smaller than the provider's least is said", async () => {
    const opened = await open(usual);
    await select(opened, /^Signature of Grace/u);
    const input = await type(opened, "Width", "20");
    // 85 points, rounded up: typed again, it is enough.
    expect(reasonOf(input)).toMatch(/^At least 29\.99\smm: smaller, it cannot be read\.$/u);
    await type(opened, "Width", "29.99");
    expect(opened.labels()).toEqual(["editor_step_resize_field"]);
  });

  test("what is no number is said", async () => {
    const opened = await open(usual);
    await select(opened, /^Signature of Grace/u);
    const input = await type(opened, "Height", "tall");
    expect(reasonOf(input)).toBe("Type a number, for example 42.5.");
    expect(opened.labels()).toEqual([]);
  });

  test("is in the unit that was chosen, which is kept", async () => {
    const opened = await open(usual);
    await select(opened, /^Signature of Grace/u);
    await opened.user.click(opened.screen.getByRole("button", { name: "in, Inches" }));
    await settle();
    await type(opened, "From the top", "8.5");
    expect(opened.host.draft.fields.find(({ id }) => id === "f2")?.rect.y).toBe(612);
    await select(opened, /^Text of Ada/u);
    const inches = opened.screen.getByRole("button", { name: "in, Inches" });
    expect(inches.getAttribute("aria-pressed")).toBe("true");
  });
});

describe("new fields", () => {
  test("begin as the last one of their type", async () => {
    const opened = await open(usual);
    await select(opened, /^Text of Ada/u);
    await type(opened, "Font size (pt)", "9");
    opened.screen.getByRole("group", { name: "Page 1" }).focus();
    await opened.user.keyboard("t");
    await settle();
    expect(opened.host.draft.fields.at(-1)?.kind).toMatchObject({ fontSize: 9, content: "" });
  });

  test("begin as somebody's default, in a draft that has none of their type", async () => {
    const fields = usual.fields.filter(({ kind }) => kind.type === "text");
    const opened = await open({ ...usual, fields });
    await select(opened, /^Text of Ada/u);
    await type(opened, "Font size (pt)", "9");
    await opened.user.click(opened.screen.getByRole("button", { name: "Make this my default" }));
    await vi.waitFor(() => opened.screen.getByRole("button", { name: "This is your default" }));
    expect(opened.host.fieldDefaults).toEqual([
      {
        role: "signer",
        size: { w: 200, h: 24 },
        kind: { type: "text", content: "", required: true, fontSize: 9, formula: "" },
      },
    ]);
    await select(opened, /^Text of Ada/u);
    await opened.user.keyboard("{Delete}");
    await settle();
    opened.screen.getByRole("group", { name: "Page 1" }).focus();
    await opened.user.keyboard("t");
    await settle();
    expect(opened.host.draft.fields).toHaveLength(1);
    expect(opened.host.draft.fields[0]?.kind).toMatchObject({ fontSize: 9 });
  });

  test("with name and date are one step and one field", async () => {
    const opened = await open(usual);
    opened.screen.getByRole("group", { name: "Page 1" }).focus();
    await opened.user.keyboard("b");
    await settle();
    expect(opened.labels()).toEqual(["editor_step_place_block"]);
    expect(opened.host.draft.fields.at(-1)?.kind).toEqual({
      type: "signature",
      mentionAbove: "",
      mentionBelow: "{{name}}, {{date}}",
    });
    opened.screen.getByText("Ada Martin, date of signing");
  });
});

describe("for all of one type", () => {
  test("the size and options are taken over in one step", async () => {
    const opened = await open(usual);
    await select(opened, /^Signature of Grace/u);
    await type(opened, "Height", "30");
    await opened.user.click(
      opened.screen.getByRole("button", { name: "For all of this type (3)" }),
    );
    await settle();
    expect(opened.labels().at(-1)).toBe("editor_step_apply_fields 2");
    const heights = opened.host.draft.fields
      .filter(({ kind }) => kind.type === "signature")
      .map(({ rect }) => rect.h);
    expect(heights).toEqual([85.04, 85.04, 85.04]);
  });
});

describe("words to be written by hand", () => {
  const fields = usual.fields.map((field) =>
    field.kind.type === "text"
      ? { ...field, kind: { ...field.kind, content: "", formula: "Reçu en main propre" } }
      : field,
  );

  test("are on the field and in its name, and no text can be printed before them", async () => {
    const opened = await open({ ...usual, fields });
    await select(opened, /^Text of Ada Martin, to write by hand: “Reçu en main propre”, page 1/u);
    opened.screen.getByText("“Reçu en main propre”");
    opened.screen.getByRole("combobox", { name: "To be written by hand Other words" });
    expect(opened.screen.queryByRole("textbox", { name: "Text" })).toBeNull();
    expect(opened.screen.queryByRole("switch", { name: "Must be filled in" })).toBeNull();
  });

  test("can be one's own, and have to be written", async () => {
    const opened = await open({ ...usual, fields });
    await select(opened, /^Text of Ada/u);
    await type(opened, "Other words", "Bon pour quittance");
    expect(textField(opened.host.draft.fields)?.kind).toEqual({
      type: "text",
      content: "",
      required: true,
      fontSize: 11,
      formula: "Bon pour quittance",
    });
  });
});
