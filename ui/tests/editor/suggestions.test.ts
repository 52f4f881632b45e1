/** Places that the pages suggest: pale until accepted, by one click, one key, or all at once. */
import axe from "axe-core";
import { within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import type { Draft } from "../../src/host/bindings";
import { usual } from "./drafts";
import { open, settle } from "./open";
import { suggested } from "./suggested";

/** What is put away stays so for a draft: each test has its own. */
let drafts = 0;
const fresh = (by: Partial<Draft> = {}): Draft => ({
  ...usual,
  id: `suggestions-${(drafts += 1)}`,
  fields: [],
  ...by,
});

async function found(by: Partial<Draft> = {}, options = {}) {
  const opened = await open(fresh(by), { suggestions: suggested, ...options });
  const { screen } = opened;
  const bar = await vi.waitFor(() =>
    screen.getByRole("group", { name: /^(Suggested places|Emplacements suggérés)$/u }),
  );
  const press = (name: RegExp | string) =>
    opened.user.click(within(bar).getByRole("button", { name }));
  const marks = () => [...screen.container.querySelectorAll<HTMLElement>("[data-suggestion]")];
  const focused = () => document.activeElement?.getAttribute("aria-label") ?? "";
  return { ...opened, bar, press, marks, focused };
}

const BAILLEUR = /^Suggested: signature, Ada Martin, page 24 of 33, .*“Signature du bailleur”/u;
const PRENEUR = /^Suggested: signature, Grace O’Connor, page 24/u;
const GERANT =
  /^Suggested: signature, no person named, page 1 of 33, 113 millimetres from the left, 135 from the bottom, beside “Signature du gérant”, in an empty box$/u;

describe("what is found", () => {
  test("stands on its page, says why and for whom, and is no part of the draft", async () => {
    const { screen, host, bar, labels, marks } = await found();
    expect(bar.textContent).toMatch(/6 places found\s+2 without a signer/u);
    const [mark] = marks();
    expect(mark?.getAttribute("aria-label")).toMatch(GERANT);
    expect(mark?.title).toBe(
      "Beside “Signature du gérant”, in an empty box. A click places it for Ada Martin.",
    );
    expect(mark?.textContent).toContain("Signature?");
    expect(mark?.closest("[data-page-id]")?.getAttribute("data-page-id")).toBe("lease-p1");
    expect(screen.container.querySelectorAll("[data-field-id]")).toHaveLength(0);
    expect(host.draft.fields).toEqual([]);
    expect(labels()).toEqual([]);
  });

  test.each(["english", "french"] as const)(
    "has no barrier in %s, and is said once",
    async (language) => {
      const { screen } = await found({}, { language });
      const said = language === "french" ? "6 emplacements trouvés" : "6 places found";
      await vi.waitFor(() =>
        expect(screen.getAllByRole("status").map((it) => it.textContent)).toContain(said),
      );
      const { violations } = await axe.run(document.body, {
        rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
      });
      expect(violations.map(({ id }) => id)).toEqual([]);
    },
  );

  test("where a field stands nothing is suggested, and there it is again when the field is gone", async () => {
    const { user, press, bar, marks } = await found();
    await user.click(marks()[0] as HTMLElement);
    await settle();
    expect(bar.textContent).toContain("5 places found");
    await press(/^Accept all/u);
    await settle();
    expect(bar.textContent, "of what is left, the formula names nobody").toContain("1 place found");
    await user.keyboard("{Control>}z{/Control}");
    await vi.waitFor(() => expect(bar.textContent).toContain("5 places found"));
    await user.keyboard("{Control>}z{/Control}");
    await vi.waitFor(() => expect(bar.textContent).toContain("6 places found"));
  });

  test("a place whose field stood there before anybody asked is asked for once it is free", async () => {
    const [first] = suggested;
    if (!first) throw new Error("a suggestion");
    const { id, page, recipient, kind } = {
      id: "there",
      page: first.page,
      recipient: "ada",
      kind: first.kind,
    };
    const { screen, user, bar } = await found({
      fields: [{ id, page, recipient, kind, rect: first.rect }],
    });
    expect(bar.textContent).toContain("5 places found");
    screen.container.querySelector<HTMLElement>("[data-field-id]")?.focus();
    await user.keyboard("{Delete}");
    await vi.waitFor(() => expect(bar.textContent).toContain("6 places found"));
  });

  test("in a request that is sent there is none", async () => {
    const { screen } = await open(fresh(), { suggestions: suggested, state: "sent" });
    await new Promise((done) => setTimeout(done, 700));
    expect(screen.queryByRole("group", { name: "Suggested places" })).toBe(null);
    expect(screen.container.querySelectorAll("[data-suggestion]")).toHaveLength(0);
  });

  test("other people are other proposals", async () => {
    const { screen, user, bar, host } = await found({
      recipients: usual.recipients.filter(({ id }) => id !== "ada"),
    });
    host.suggestions = suggested.map((each) => ({ ...each, recipient: "grace" }));
    expect(bar.textContent, "nobody signs in place of who is gone").toContain("2 without");
    await user.click(screen.getByRole("button", { name: "Add a person" }));
    await vi.waitFor(() =>
      screen.getByRole("button", { name: /^Suggested: signature, Grace.*page 1 /u }),
    );
  });
});

/** Those from where people sign. */
const LAST_PAGES = {
  documents: usual.documents.map((each) => ({ ...each, pages: each.pages.slice(23) })),
};

describe("accepting with the pointer", () => {
  test("one click gives it to whom it is proposed for", async () => {
    const { host, user, marks, labels, screen } = await found(LAST_PAGES);
    const mark = marks().find((it) => it.getAttribute("aria-label")?.includes("Grace"));
    await user.click(mark as HTMLElement);
    await settle();
    expect(labels()).toEqual(["editor_step_accept_suggestion"]);
    expect(host.draft.fields).toMatchObject([
      {
        recipient: "grace",
        page: "lease-p24",
        rect: { x: 320, y: 500, w: 180, h: 60 },
        kind: { type: "signature" },
      },
    ]);
    expect(document.activeElement?.getAttribute("data-field-id"), "it can be changed at once").toBe(
      host.draft.fields[0]?.id,
    );
    screen.getByRole("button", { name: "Undo: accept a suggestion" });
  });

  test("what names nobody is the chosen person's", async () => {
    const { host, user, marks, screen } = await found();
    await user.click(screen.getByRole("button", { name: /Grace O’Connor/u }));
    await user.click(marks()[0] as HTMLElement);
    await settle();
    expect(host.draft.fields).toMatchObject([{ recipient: "grace", page: "lease-p1" }]);
  });

  test("with nobody who signs, it leads to adding them", async () => {
    const { host, user, marks } = await found({ recipients: [] });
    await user.click(marks()[0] as HTMLElement);
    await settle();
    expect(host.draft.fields).toEqual([]);
    expect(host.draft.recipients).toHaveLength(1);
    expect(document.activeElement?.id).toMatch(/^person-.*-name$/u);
  });

  test("all at once are one step, and what names nobody waits and is looked at next", async () => {
    const { host, user, press, labels, focused } = await found();
    await press("Accept all (4)");
    await settle();
    expect(labels()).toEqual(["editor_step_accept_suggestions 4"]);
    expect(host.draft.fields.map(({ recipient }) => recipient)).toEqual([
      "ada",
      "grace",
      "ada",
      "grace",
    ]);
    await vi.waitFor(() => expect(focused()).toMatch(GERANT));
    await user.keyboard("{Control>}z{/Control}");
    await vi.waitFor(() => expect(host.draft.fields).toEqual([]));
  });

  test("with one who signs, all are theirs, and the first new field has the focus", async () => {
    const suggestions = suggested.map((each) => ({ ...each, recipient: null }));
    const only = usual.recipients.filter(({ id }) => id === "ada");
    const { host, press, screen } = await found({ recipients: only }, { suggestions });
    await press("Accept all (6)");
    await settle();
    expect(new Set(host.draft.fields.map(({ recipient }) => recipient))).toEqual(new Set(["ada"]));
    expect(host.draft.fields).toHaveLength(6);
    await vi.waitFor(() =>
      expect(document.activeElement?.getAttribute("data-field-id")).toBe(host.draft.fields[0]?.id),
    );
    expect(screen.queryByRole("group", { name: "Suggested places" })).toBe(null);
    screen.getByRole("button", { name: "Undo: accept 6 suggestions" });
  });
});

describe("with keys alone", () => {
  test("N walks to the next one and round, Shift+N back, wherever its page is", async () => {
    const { user, focused } = await found();
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(GERANT));
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(BAILLEUR));
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(PRENEUR));
    await user.keyboard("{Shift>}n{/Shift}{Shift>}n{/Shift}{Shift>}n{/Shift}");
    await vi.waitFor(() => expect(focused()).toContain("“Lu et approuvé”"));
  });

  test("Enter accepts and goes on to the next one; after the last, the new field has the focus", async () => {
    const { host, user, focused, labels } = await found();
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(GERANT));
    for (const [index, next] of [BAILLEUR, PRENEUR, /Ada/u, /Grace/u, /Lu et/u].entries()) {
      await user.keyboard("{Enter}");
      await vi.waitFor(() => expect(focused()).toMatch(next));
      expect(host.draft.fields, "each is one field").toHaveLength(index + 1);
    }
    await user.keyboard("{Enter}");
    await vi.waitFor(() =>
      expect(document.activeElement?.getAttribute("data-field-id")).toBe(
        host.draft.fields.at(-1)?.id,
      ),
    );
    expect(labels()).toEqual(Array(6).fill("editor_step_accept_suggestion"));
    expect(host.draft.fields.at(-1)?.kind).toMatchObject({
      formula: "Lu et approuvé",
      required: true,
    });
  });

  test("Ctrl+Enter on one accepts all", async () => {
    const { user, focused, labels } = await found();
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(GERANT));
    await user.keyboard("{Control>}{Enter}{/Control}");
    await settle();
    expect(labels()).toEqual(["editor_step_accept_suggestions 4"]);
    await vi.waitFor(() => expect(focused(), "the others wait for a person").toMatch(GERANT));
  });

  test("Delete puts one away and goes on, Escape returns to the page", async () => {
    const { user, focused, bar, host, screen } = await found();
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(GERANT));
    await user.keyboard("{Delete}");
    await vi.waitFor(() => expect(focused()).toMatch(BAILLEUR));
    expect(bar.textContent).toContain("5 places found");
    await user.keyboard("{Escape}");
    await settle();
    expect(document.activeElement?.getAttribute("data-page-id")).toBe("lease-p24");
    expect(host.asked, "nothing of it is in the draft").toEqual([]);
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused(), "whoever left it comes back").toMatch(BAILLEUR));
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.queryByRole("button", { name: GERANT })).toBe(null);
  });

  test("the last one that is put away leaves the focus to its page", async () => {
    const [first] = suggested;
    const { user, focused } = await found({}, { suggestions: first ? [first] : [] });
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(GERANT));
    await user.keyboard("{Backspace}");
    await settle();
    expect(document.activeElement?.getAttribute("data-page-id")).toBe("lease-p1");
  });

  test("the bar's button walks too, each time to the next one", async () => {
    const { press, focused } = await found();
    for (const next of [GERANT, BAILLEUR, PRENEUR]) {
      await press(/^Next/u);
      await vi.waitFor(() => expect(focused()).toMatch(next));
    }
  });

  test("N in a text is an n", async () => {
    const { user, screen } = await found();
    const title = screen.getByRole("textbox", { name: "Name of the request" });
    await user.type(title, "n");
    expect(document.activeElement).toBe(title);
    expect((title as HTMLInputElement).value).toMatch(/n$/u);
  });
});

describe("putting away", () => {
  test("takes all of them out of sight, also when the draft is opened again, and back", async () => {
    const { press, bar, marks, user } = await found();
    await press("Put the suggestions away");
    await settle();
    expect(marks()).toHaveLength(0);
    expect(within(bar).queryByRole("button", { name: /Accept/u })).toBe(null);
    expect(document.activeElement, "the focus stays on what was pressed").toBe(
      within(bar).getByRole("button", { name: "Show 6 suggested places" }),
    );
    await user.keyboard("{Enter}");
    await settle();
    expect(marks().length).toBeGreaterThan(0);
    await press("Put the suggestions away");
    await user.keyboard("n");
    await vi.waitFor(() => expect(bar.textContent, "N asks for them").toContain("6 places found"));
  });

  test("what was put away one by one comes back too", async () => {
    const { press, bar, user, focused } = await found();
    await user.keyboard("n");
    await vi.waitFor(() => expect(focused()).toMatch(GERANT));
    await user.keyboard("{Delete}");
    await settle();
    await press("Put the suggestions away");
    await press("Show 6 suggested places");
    expect(bar.textContent).toContain("6 places found");
  });
});
