import axe from "axe-core";
import { within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import type { Rect } from "../../src/host/bindings";
import { crowded, empty, usual } from "./drafts";
import { drag, open, point, retype, settle } from "./open";

const A4 = { w: 595.28, h: 841.89 };

async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run(document.body, {
    rules: {
      // Without layout there are no colours to compare; the real window's test does it.
      "color-contrast": { enabled: false },
      region: { enabled: false },
    },
  });
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
}

describe("for everybody", () => {
  test.each([
    ["the usual draft", usual, "english"],
    ["the usual draft in French", usual, "french"],
    ["an empty draft", empty, "english"],
    [
      "a half-filled draft",
      { ...crowded, documents: usual.documents, fields: usual.fields.slice(0, 0) },
      "french",
    ],
  ] as const)("%s has no barrier that axe knows of", async (_, draft, language) => {
    await open(draft, { language });
    expect(await violations()).toEqual([]);
  });

  test("an open person, a selected field and the message dialog have none either", async () => {
    const { screen, user } = await open(usual);
    await user.click(screen.getByRole("button", { name: /^Grace O’Connor|GO Grace/u }));
    screen.getByRole("button", { name: /^Signature of Grace O’Connor/u }).focus();
    await settle();
    screen.getByRole("region", { name: "Selected field" });
    expect(await violations()).toEqual([]);
    await user.click(screen.getByRole("button", { name: /Message and deadline/u }));
    screen.getByRole("dialog", { name: "Message and deadline" });
    expect(await violations()).toEqual([]);
  });

  test("pages and fields have the names that people and tests know them by", async () => {
    const { screen } = await open(usual);
    const page = screen.getByRole("group", { name: "Page 1" });
    expect(page.dataset["pageNumber"]).toBe("1");
    expect(page.dataset["pageId"]).toBe("lease-p1");
    const field = within(page).getByRole("button", {
      name: "Signature of Ada Martin, page 1 of 33, 21 millimetres from the left, 50 from the bottom",
    });
    expect(field.dataset["fieldId"]).toBe("f1");
  });

  test("fields follow each other in reading order, one stop of Tab each", async () => {
    const { screen } = await open(usual);
    const fields = screen.container.querySelectorAll<HTMLElement>("[data-field-id]");
    expect([...fields].map((field) => field.dataset["fieldId"])).toEqual(["f3", "f1", "f2", "f4"]);
    const stops = screen.container.querySelectorAll('[data-page-id][tabindex="0"]');
    expect(stops, "of all pages, Tab stops at the current one").toHaveLength(1);
  });

  test("only pages near the view have a picture", async () => {
    const { screen } = await open(crowded);
    expect(screen.container.querySelectorAll("[data-page-id]")).toHaveLength(315);
    const drawn = screen.container.querySelectorAll("[data-page-id] .picture");
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.length).toBeLessThan(8);
  });
});

test("what signers might see differently is said at the document and before sending", async () => {
  const [first, ...others] = usual.documents;
  if (!first) throw new Error("a document");
  const documents = [{ ...first, cautions: ["portfolio", "scripts"] as const }, ...others];
  const { screen, user } = await open({
    ...usual,
    documents: documents.map((each) => ({ ...each, cautions: [...(each.cautions ?? [])] })),
  });
  const portfolio = new RegExp(`“${first.name}” is a collection of files`, "u");
  const scripts = new RegExp(`“${first.name}” contains scripts or commands`, "u");
  screen.getByText(portfolio);
  screen.getByText(scripts);
  await user.click(screen.getByRole("button", { name: "Ready to send" }));
  // Without layout the list has no place, and no role is seen in it.
  const checklist = within(await screen.findByLabelText("Before sending"));
  checklist.getByText("Worth a look");
  checklist.getByText(portfolio);
  checklist.getByText(scripts);
});

describe("placing by key", () => {
  test("S on a page places a signature in the middle of what is seen, and takes the focus", async () => {
    const { screen, host, user, labels } = await open(usual);
    screen.getByRole("group", { name: "Page 1" }).focus();
    await user.keyboard("s");
    await settle();
    expect(labels()).toEqual(["editor_step_place_signature"]);
    const made = host.draft.fields.at(-1);
    expect(made).toMatchObject({ page: "lease-p1", recipient: "ada", kind: { type: "signature" } });
    expect(made?.rect).toMatchObject({ w: 180, h: 60 });
    expect(document.activeElement?.getAttribute("data-field-id")).toBe(made?.id);
  });

  test("arrow keys move by points, and a run of them is one step", async () => {
    const { screen, host, user, labels } = await open(usual);
    screen.getByRole("button", { name: /^Signature of Grace/u }).focus();
    await user.keyboard("{ArrowRight}{ArrowRight}{Shift>}{ArrowUp}{/Shift}{Alt>}{ArrowDown}{/Alt}");
    expect(labels(), "nothing leaves while keys are pressed").toEqual([]);
    await vi.waitFor(() => expect(labels()).toEqual(["editor_step_resize_field"]));
    expect(host.draft.fields.find(({ id }) => id === "f2")?.rect).toEqual({
      x: 342,
      y: 630,
      w: 180,
      h: 61,
    });
  });

  test("a field stops at the edge of its page", async () => {
    const { screen, host, user } = await open(usual);
    screen.getByRole("button", { name: /^Signature of Grace/u }).focus();
    await user.keyboard(`{Shift>}${"{ArrowRight}".repeat(20)}{/Shift}{Tab}`);
    await settle();
    const rect = host.draft.fields.find(({ id }) => id === "f2")?.rect as Rect;
    expect(rect.x + rect.w).toBeCloseTo(A4.w, 2);
    expect(rect.w, "it stops, it does not shrink").toBe(180);
  });

  test("Delete hands the focus on; undo brings the field back, step by named step", async () => {
    const { screen, host, user } = await open(usual);
    screen.getByRole("button", { name: /^Text of Ada/u }).focus();
    await user.keyboard("{Delete}");
    await settle();
    expect(document.activeElement?.getAttribute("data-field-id"), "next in order").toBe("f1");
    const undo = screen.getByRole("button", { name: "Undo: delete field" });
    await user.keyboard("{Control>}z{/Control}");
    await settle();
    expect(host.draft.fields).toHaveLength(4);
    expect(undo.getAttribute("aria-label")).toBe("Undo");
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    await settle();
    expect(host.draft.fields).toHaveLength(3);
  });

  test("Ctrl+D makes a copy beside the field", async () => {
    const { screen, host, user, labels } = await open(usual);
    screen.getByRole("button", { name: /^Signature of Grace/u }).focus();
    await user.keyboard("{Control>}d{/Control}");
    await settle();
    expect(labels()).toEqual(["editor_step_duplicate_field"]);
    expect(host.draft.fields).toHaveLength(5);
    expect(document.activeElement?.getAttribute("data-field-id")).toBe(host.draft.fields[4]?.id);
  });
});

describe("the pointer", () => {
  test("a drag is one edit, in points, however many steps it had", async () => {
    const { screen, host, labels } = await open(usual);
    const field = screen.getByRole("button", { name: /^Signature of Grace/u });
    drag(field, [500, 400], [500, 460]);
    await settle();
    expect(labels()).toEqual(["editor_step_move_field"]);
    // 800 pixels less two margins show 595.28 points.
    const scale = 752 / A4.w;
    const rect = host.draft.fields.find(({ id }) => id === "f2")?.rect as Rect;
    expect(rect.x).toBe(340);
    expect(rect.y).toBeCloseTo(640 + 60 / scale, 1);
  });

  test("what was typed becomes an edit during the drag, and the drag leaves it", async () => {
    const { screen, host, user, labels } = await open(usual);
    screen.getByRole("button", { name: /^Text of Ada/u }).focus();
    await settle();
    await retype(user, screen.getByRole("textbox", { name: "Font size (pt)" }), "14");
    const handle = document.querySelector('[data-handle="se"]') as Element;
    point(handle, "pointerdown", [500, 400]);
    point(handle, "pointermove", [500, 460]);
    // The handle takes no focus: Enter, as a pause would, makes an edit of what was typed.
    await user.keyboard("{Enter}");
    point(handle, "pointerup", [500, 460]);
    await settle();
    expect(labels()).toEqual(["editor_step_change_field", "editor_step_resize_field"]);
    const field = host.draft.fields.find(({ id }) => id === "f3");
    expect(field?.kind).toMatchObject({ fontSize: 14 });
    expect(field?.rect.h).toBeGreaterThan(24);
  });

  test("a field dragged out of the palette lands under the pointer", async () => {
    const { screen, host, labels } = await open(usual);
    drag(screen.getByRole("button", { name: "Signature for Ada Martin" }), [0, 0], [400, 500]);
    await settle();
    expect(labels()).toEqual(["editor_step_place_signature"]);
    const rect = host.draft.fields.at(-1)?.rect as Rect;
    const scale = 752 / A4.w;
    expect(rect.x + rect.w / 2).toBeCloseTo((400 - 24) / scale, 1);
    expect(rect.y + rect.h / 2).toBeCloseTo((500 - 44) / scale, 1);
  });

  test("an armed tool stays armed until Esc", async () => {
    const { screen, user, labels } = await open(usual);
    const tool = screen.getByRole("button", { name: "Text for Ada Martin" });
    drag(tool, [0, 0], [0, 0]);
    await settle();
    expect(tool.getAttribute("aria-pressed")).toBe("true");
    const page = screen.getByRole("group", { name: "Page 1" });
    drag(page, [300, 300], [300, 300]);
    drag(page, [300, 600], [300, 600]);
    await settle();
    expect(labels()).toEqual(["editor_step_place_text", "editor_step_place_text"]);
    await user.keyboard("{Escape}");
    expect(tool.getAttribute("aria-pressed")).toBe("false");
  });
});

describe("people", () => {
  test("a new person opens with the focus in the first name; each input is one step", async () => {
    const { screen, host, user, labels } = await open(empty);
    await user.click(screen.getByRole("button", { name: "Add a person" }));
    await settle();
    expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "First name" }));
    await user.keyboard("Zoé{Tab}Blum{Tab}zoe@example.org{Tab}");
    await settle();
    expect(labels()).toEqual([
      "editor_step_add_person",
      ...Array(3).fill("editor_step_change_person"),
    ]);
    expect(host.draft.recipients[0]).toMatchObject({
      firstName: "Zoé",
      lastName: "Blum",
      email: "zoe@example.org",
      role: "signer",
      identityCheck: "email_code",
    });
  });

  test("observers have no number in the order, and take none from others", async () => {
    const [ada, grace, noah] = usual.recipients;
    if (!ada || !grace || !noah) throw new Error("three people");
    const { screen } = await open({ ...usual, recipients: [ada, noah, grace] });
    const people = within(screen.getByRole("list", { name: "People" })).getAllByRole("listitem");
    const numbers = people.map((each) => each.querySelector(".place")?.textContent);
    expect(numbers).toEqual(["1", "", "2"]);
  });

  test("somebody known is filled in with one choice", async () => {
    const { screen, host, user } = await open(empty);
    await user.click(screen.getByRole("button", { name: "Add a person" }));
    await settle();
    await user.keyboard("ada");
    await screen.findByRole("option", { name: /Nowak/u });
    await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await settle();
    expect(host.draft.recipients[0]).toMatchObject({
      firstName: "Adam",
      email: "adam.nowak@example.org",
      phone: "+48 600 700 800",
    });
  });

  test("a wrong address is said beside its input, and the list leads there", async () => {
    const draft = {
      ...usual,
      recipients: usual.recipients.map((each) => ({ ...each, email: "x@" })),
    };
    const { screen, user } = await open(draft);
    await user.click(screen.getByRole("button", { name: /^\d+ things missing$/u }));
    const line = await screen.findByText("The e-mail address of Ada Martin is not complete.");
    line.click();
    await vi.waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "E-mail" })),
    );
    const input = screen.getByRole("combobox", { name: "E-mail" });
    expect(input.getAttribute("aria-invalid")).toBe("true");
    const message = document.getElementById(input.getAttribute("aria-describedby") ?? "");
    expect(message?.textContent).toBe("This is not an e-mail address.");
  });

  test("nobody is blamed for what they have not typed yet", async () => {
    const { screen, user } = await open(empty);
    await user.click(screen.getByRole("button", { name: "Add a person" }));
    await settle();
    expect(screen.queryByText("An e-mail address is needed.")).toBeNull();
    await user.tab();
    await user.tab();
    await user.tab();
    await settle();
    screen.getByText("An e-mail address is needed.");
    screen.getByText("First and last name are needed.");
  });
});

describe("what the host says", () => {
  test("a refused edit is taken back, and said", async () => {
    const { screen, host, user, refuse } = await open(usual);
    refuse("editDraft", { code: "draft_changed" });
    screen.getByRole("button", { name: /^Signature of Grace/u }).focus();
    await user.keyboard("{Delete}");
    await settle();
    await screen.findByText(/The last change was taken back/u);
    expect(host.draft.fields).toHaveLength(4);
    expect(screen.getAllByRole("button", { name: /^Signature of Grace/u })).toHaveLength(1);
  });

  test("a draft that was sent can be read, not changed", async () => {
    const { screen, host, user } = await open(usual, { state: "sent" });
    screen.getByText("This draft has been sent. It can be read here, not changed.");
    screen.getByRole("button", { name: "Open the request" });
    const field = screen.getByRole("button", { name: /^Signature of Grace/u });
    field.focus();
    await user.keyboard("{Delete}{ArrowLeft}{Control>}z{/Control}{Control>}d{/Control}");
    drag(field, [500, 400], [500, 460]);
    await new Promise((done) => setTimeout(done, 600));
    expect(host.asked).toEqual([]);
    expect(screen.queryByRole("button", { name: "Review and send" })).toBeNull();
  });

  test.each([
    ["sending", "This draft is being sent. It can be read here, not changed."],
    ["failed", "This draft could not be sent. It can be read here, not changed."],
  ] as const)("a draft whose sending is %s says so", async (delivery, sentence) => {
    const { screen } = await open(usual, { state: "sending", delivery });
    await screen.findByText(sentence);
    screen.getByRole("button", { name: "Show the sending" });
  });
});
