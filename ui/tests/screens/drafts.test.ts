import { within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Document, PlacedField } from "../../src/host/bindings";
import { router } from "../../src/shared/router.svelte";
import { staging } from "../fake/accounts";
import { emit } from "../fake/bindings";
import { draftView } from "../fake/drafts";
import type { World } from "../fake/world";
import { barriers, menuItem, open, settle } from "./open";

test("a deleted draft comes back with one click", async () => {
  const { world, screen, user } = await open();
  await user.click(
    screen.getByRole("button", { name: "More actions for “Bail commercial – 14 rue des Carmes”" }),
  );
  await user.click(await menuItem("Delete"));
  await settle();
  expect(screen.queryByText("Bail commercial – 14 rue des Carmes")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await settle();
  expect(world.asked("restoreDraft")).toEqual([{ draft: "d1" }]);
  screen.getByText("Bail commercial – 14 rue des Carmes");
});

test("a draft that is being sent opens its sending, and cannot be deleted", async () => {
  const { world, screen, user } = await open({ delivery: "sending" });
  world.sending = world.sending && { ...world.sending, draft: "d4" };
  emit("dataChanged", { tags: [{ tag: "sendings" }] });
  await settle();
  await user.click(
    screen.getByRole("button", { name: "More actions for “Mandat de vente Dupont”" }),
  );
  const remove = await menuItem("Delete");
  expect(remove.getAttribute("aria-disabled")).toBe("true");
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: /^Mandat de vente Dupont/u }));
  expect(router.route).toEqual({ name: "sending", id: "s1" });
});

test("a draft whose sending stopped is not said to be on its way", async () => {
  const { world, screen } = await open({ delivery: "failed" });
  world.sending = world.sending && { ...world.sending, draft: "d4" };
  emit("dataChanged", { tags: [{ tag: "sendings" }] });
  const line = screen.getByRole("button", { name: /^Mandat de vente Dupont/u });
  await within(line).findByText("Could not be sent");
  expect(within(line).queryByText("Being sent")).toBeNull();
});

test("a drop outside the editor makes a new draft", async () => {
  const { world } = await open();
  world.imported = { draft: draftView(staging), refused: [], locked: [], kept: [] };
  emit("filesDropped", { drop: "drop-1", names: ["a.pdf"], apart: false });
  await settle();
  expect(world.asked("importDropped")).toEqual([{ drop: "drop-1", draft: null, replaces: null }]);
  expect(router.route).toEqual({ name: "editor", draft: "d1" });
});

test("a drop in the editor goes into the open draft", async () => {
  const { world } = await open({}, { name: "editor", draft: "d1" });
  world.imported = { draft: draftView(staging), refused: [], locked: [], kept: [] };
  emit("filesDropped", { drop: "drop-2", names: ["a.pdf"], apart: false });
  await settle();
  expect(world.asked("importDropped")).toEqual([{ drop: "drop-2", draft: "d1", replaces: null }]);
});

test("files that were handed over become a draft of their own, also beside an open one", async () => {
  const { world } = await open({}, { name: "editor", draft: "d1" });
  emit("filesDropped", { drop: "drop-4", names: ["a.pdf"], apart: true });
  await settle();
  expect(world.asked("importDropped")).toEqual([{ drop: "drop-4", draft: null, replaces: null }]);
});

test("each refused file is named with what to do, and the others are kept", async () => {
  const { world, screen, user } = await open();
  world.imported = {
    draft: draftView(staging),
    refused: [
      { name: "photo.png", reason: { reason: "not_pdf" } },
      { name: "plan.pdf", reason: { reason: "too_large", limit: 20_000_000 } },
    ],
    locked: [],
    kept: [],
  };
  emit("filesDropped", {
    drop: "drop-3",
    names: ["photo.png", "plan.pdf", "bail.pdf"],
    apart: false,
  });
  const dialog = await screen.findByRole("dialog", { name: "2 files were not added" });
  expect(dialog.textContent).toContain("photo.png");
  expect(dialog.textContent).toContain("It is not a PDF.");
  expect(dialog.textContent).toContain("20 MB");
  expect(dialog.textContent).toContain("The other files were added.");
  await user.click(screen.getByRole("button", { name: "Understood" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("copying that takes long can be cancelled", async () => {
  const { world, screen, user } = await open();
  let done = () => {};
  world.copied = new Promise((resolve) => (done = resolve));
  emit("filesDropped", { drop: "drop-5", names: ["a.pdf"], apart: false });
  await screen.findByText("Copying the files…");
  expect(screen.queryByRole("button", { name: "Cancel" }), "most are too quick for it").toBeNull();
  await user.click(await screen.findByRole("button", { name: "Cancel" }, { timeout: 5000 }));
  expect(world.asked("cancelImport")).toHaveLength(1);
  done();
  await settle();
  expect(screen.queryByText("Copying the files…")).toBeNull();
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
});

test("looking for a file in the system's dialog is no copying, however long it takes", async () => {
  const { world, screen, user } = await open();
  let close = () => {};
  world.dialog = new Promise((resolve) => (close = resolve));
  let done = () => {};
  world.copied = new Promise((resolve) => (done = resolve));
  const button = screen.getByRole("button", { name: "New document" });
  await user.click(button);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await settle();
  expect(screen.queryByText("Copying the files…")).toBeNull();
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  await user.keyboard("{Control>}n{/Control}");
  expect(world.asked("chooseDocuments"), "one dialog at a time").toHaveLength(1);

  world.chosen = { drop: "drop-6", count: 2 };
  close();
  await screen.findByText("Copying the files…");
  expect(world.asked("importDropped")).toEqual([{ drop: "drop-6", draft: null, replaces: null }]);
  expect(screen.queryByRole("button", { name: "Cancel" }), "it has only begun").toBeNull();
  done();
  await settle();
  expect(screen.queryByText("Copying the files…")).toBeNull();
});

test("a dialog that is closed without a file changes nothing", async () => {
  const { world, screen, user } = await open();
  world.chosen = null;
  const button = screen.getByRole("button", { name: "New document" });
  await user.click(button);
  await settle();
  expect(world.asked("importDropped")).toEqual([]);
  await user.click(button);
  await settle();
  expect(world.asked("chooseDocuments"), "it can be opened again").toHaveLength(2);
});

test("what hangs over the window is said where it would go", async () => {
  const { screen } = await open();
  emit("filesOver", { over: true });
  await settle();
  screen.getByText("A new draft is made from these PDFs.");
  emit("filesOver", { over: false });
  await settle();
  expect(screen.queryByText("A new draft is made from these PDFs.")).toBeNull();
});

test("a failure to open files is said in a sentence", async () => {
  const { world, screen, user } = await open();
  world.refusals.set("chooseDocuments", { code: "disk_full" });
  await user.click(screen.getByRole("button", { name: "New document" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The disk is full.");
});

async function replaced(kept: (PlacedField | null)[]) {
  const { world, screen, user } = await open({}, { name: "editor", draft: "d1" });
  const view = draftView(staging);
  const document: Document = {
    id: "c1",
    name: "Bail commercial",
    purpose: "to_sign",
    pages: [],
    bytes: 1_840_000,
    signedBefore: false,
  };
  const lease = { ...view, draft: { ...view.draft, documents: [document] } };
  const bodies = world.bodies as { getDraft: World["bodies"]["getDraft"] };
  bodies.getDraft = () => lease;
  emit("dataChanged", { tags: [{ tag: "draft", id: "d1" }] });
  world.chosen = { drop: "drop-7", count: 1 };
  world.imported = { draft: lease, refused: [], locked: [], kept };
  await user.click(await screen.findByRole("button", { name: "More for “Bail commercial”" }));
  await user.click(await menuItem("Replace with a new version…"));
  await settle();
  expect(world.asked("importDropped")).toEqual([{ drop: "drop-7", draft: "d1", replaces: "c1" }]);
  return { screen, user };
}

test("a new version whose fields stand as before is told in passing", async () => {
  const { screen } = await replaced([{ field: "f1", page: "p1", by: "words", hasMoved: false }]);
  screen.getByText(/Every field stands beside the same words/u);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("fields of a new version that moved or found nothing are told and shown", async () => {
  const { screen, user } = await replaced([
    { field: "f1", page: "p1", by: "words", hasMoved: true },
    { field: "f2", page: "p1", by: "position", hasMoved: true },
    null,
    null,
  ]);
  const dialog = await screen.findByRole("dialog", { name: "The new version is in place" });
  const lines = within(dialog).getAllByRole("listitem");
  expect(lines.map((line) => line.textContent.trim())).toEqual([
    "1 field followed its words to another place.",
    "1 field found no words that it knows, and stands where it was. Please look at it.",
    "2 fields found no place, because their pages are gone.",
  ]);
  expect(await barriers()).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Show the fields to check" }));
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
});
