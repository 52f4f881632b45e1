import { expect, test } from "vitest";
import type { LockedFile } from "../../src/host/bindings";
import { router } from "../../src/shared/router.svelte";
import { staging } from "../fake/accounts";
import { emit } from "../fake/bindings";
import { draftView } from "../fake/drafts";
import { barriers, open, settle } from "./open";

const lease: LockedFile = { id: "0", name: "bail.pdf", lock: { lock: "password" } };
const annex: LockedFile = { id: "1", name: "annexe.pdf", lock: { lock: "password" } };
const certificate: LockedFile = {
  id: "2",
  name: "attestation.pdf",
  lock: { lock: "rights", forbidden: ["change", "annotate"] },
};

async function dropped(locked: LockedFile[], language: "english" | "french" = "english") {
  const opened = await open({ language });
  opened.world.imported = { draft: null, refused: [], locked, kept: [] };
  emit("filesDropped", { drop: "drop-1", names: locked.map(({ name }) => name), apart: false });
  await settle();
  return opened;
}

test("a file with a password is asked for it by name, and opens", async () => {
  const { world, screen, user } = await dropped([lease]);
  const dialog = await screen.findByRole("dialog", { name: "A password is needed" });
  expect(dialog.textContent).toContain("“bail.pdf” opens only with a password.");
  expect(dialog.textContent).toContain("Your file stays as it is, and the password is not kept.");
  expect(await barriers()).toEqual([]);
  const input = screen.getByLabelText<HTMLInputElement>("Password");
  expect(document.activeElement, "one can type at once").toBe(input);
  expect(input.type).toBe("password");
  world.unlocked = {
    outcome: "imported",
    imported: { draft: draftView(staging), refused: [], locked: [], kept: [] },
  };
  await user.type(input, " s e{Enter}");
  await settle();
  expect(world.asked("unlockDocument"), "spaces belong to it").toEqual([
    { file: "0", draft: null, replaces: null, password: " s e" },
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(router.route).toEqual({ name: "editor", draft: "d1" });
});

test("a wrong password and none at all are said in place", async () => {
  const { world, screen, user } = await dropped([lease]);
  await user.click(await screen.findByRole("button", { name: "Open" }));
  screen.getByText("Enter the password.");
  expect(world.asked("unlockDocument")).toEqual([]);
  const input = screen.getByLabelText<HTMLInputElement>("Password");
  await user.type(input, "wrong{Enter}");
  await settle();
  screen.getByText("This password does not open the document.");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  await user.type(input, "again");
  expect(input.getAttribute("aria-invalid"), "until something else is typed").toBeNull();
});

test("several are asked for one after the other, and make one draft", async () => {
  const { world, screen, user } = await dropped([lease, annex, certificate]);
  await screen.findByText("2 more protected files come after this one.");
  world.unlocked = {
    outcome: "imported",
    imported: { draft: draftView(staging), refused: [], locked: [], kept: [] },
  };
  await user.type(screen.getByLabelText("Password"), "one{Enter}");
  await settle();
  const input = screen.getByLabelText<HTMLInputElement>("Password");
  expect(input.value, "the password of one file is not tried on another").toBe("");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await settle();
  await screen.findByRole("dialog", { name: "Protected against changes" });
  await user.type(screen.getByLabelText("Owner password"), "three{Enter}");
  await settle();
  expect(world.asked("unlockDocument")).toEqual([
    { file: "0", draft: null, replaces: null, password: "one" },
    { file: "2", draft: "d1", replaces: null, password: "three" },
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("what the author forbids is said, and what to do", async () => {
  const { world, screen, user } = await dropped([certificate]);
  const dialog = await screen.findByRole("dialog", { name: "Protected against changes" });
  expect(dialog.textContent).toContain("does not permit: changes, annotations.");
  expect(dialog.textContent).toContain("ask its author for an unprotected version");
  expect(await barriers()).toEqual([]);
  await user.type(screen.getByLabelText("Owner password"), "reader{Enter}");
  await settle();
  screen.getByText("This is not the owner password.");
  expect(world.asked("unlockDocument")).toHaveLength(1);
});

test("a password that only opens the file leads to the question for the owner's", async () => {
  const { world, screen, user } = await dropped([lease]);
  world.unlocked = {
    outcome: "not_the_owners",
    lock: { lock: "rights", forbidden: ["change"] },
  };
  await user.type(await screen.findByLabelText("Password"), "reader{Enter}");
  await settle();
  await screen.findByRole("dialog", { name: "Protected against changes" });
  const input = screen.getByLabelText<HTMLInputElement>("Owner password");
  expect(input.value).toBe("");
});

test("what was refused beside it is said afterwards", async () => {
  const { world, screen, user } = await open();
  world.imported = {
    draft: null,
    refused: [{ name: "x.pdf", reason: { reason: "dynamic_form" } }],
    locked: [lease],
    kept: [],
  };
  emit("filesDropped", { drop: "drop-1", names: ["bail.pdf", "x.pdf"], apart: false });
  await screen.findByRole("dialog", { name: "A password is needed" });
  expect(screen.getAllByRole("dialog"), "one question at a time").toHaveLength(1);
  await user.keyboard("{Escape}");
  await settle();
  const dialog = await screen.findByRole("dialog", { name: "One file was not added" });
  expect(dialog.textContent).toContain("It is a dynamic form (XFA)");
});

test("a failure is said in the dialog, and the file can be tried again", async () => {
  const { world, screen, user } = await dropped([lease]);
  world.refusals.set("unlockDocument", { code: "disk_full" });
  await user.type(await screen.findByLabelText("Password"), "one{Enter}");
  await settle();
  await screen.findByText(/The disk is full/u);
  screen.getByRole("dialog", { name: "A password is needed" });
});

test("in French too", async () => {
  const { screen } = await dropped([certificate], "french");
  const dialog = await screen.findByRole("dialog", { name: "Protégé contre les modifications" });
  expect(dialog.textContent).toContain("interdit\u{a0}: les modifications");
  expect(dialog.textContent).not.toMatch(/[{}]|undefined/u);
  expect(await barriers()).toEqual([]);
});
