/** The list of all fields, and the list of keys. */
import { within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { empty, usual } from "./drafts";
import { open, settle } from "./open";

type Screen = Awaited<ReturnType<typeof open>>["screen"];
const rows = (screen: Screen) =>
  within(screen.getByRole("listbox", { name: "All fields" })).getAllByRole("option");
const nameOf = (row: HTMLElement) => row.querySelector(".visually-hidden")?.textContent.trim();
const selected = (screen: Screen) =>
  rows(screen)
    .filter((row) => row.getAttribute("aria-selected") === "true")
    .map(nameOf);

test("names every field in reading order, and leads to each", async () => {
  const { screen, user } = await open(usual);
  await user.click(screen.getByRole("button", { name: "All fields" }));
  expect(rows(screen).map(nameOf)).toEqual([
    "“Lu et approuvé”, Ada Martin, page 1",
    "Signature, Ada Martin, page 1",
    "Signature, Grace O’Connor, page 1",
    "Signature, Ada Martin, page 2",
  ]);
  await user.click(screen.getByRole("option", { name: "Signature, Ada Martin, page 2" }));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("field-f4"));
  expect(selected(screen), "it stays open, and shows what is selected").toEqual([
    "Signature, Ada Martin, page 2",
  ]);
});

test("any set of fields is selected with keys alone", async () => {
  const { screen, user } = await open(usual);
  screen.getByRole("group", { name: "Page 1" }).focus();
  await user.keyboard("{Control>}l{/Control}");
  expect(document.activeElement?.id, "the list has the focus").toBe("field-list");
  rows(screen)[0]?.focus();
  await user.keyboard(" {ArrowDown}{ArrowDown} ");
  expect(selected(screen)).toEqual([
    "“Lu et approuvé”, Ada Martin, page 1",
    "Signature, Grace O’Connor, page 1",
  ]);
  expect(document.activeElement, "the focus stays in the list").toBe(rows(screen)[2]);
  screen.getByRole("region", { name: "Selected fields" });
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  expect(selected(screen)).toHaveLength(3);
  await user.keyboard(" ");
  expect(selected(screen)).toHaveLength(2);
  await user.keyboard("{Control>}a{/Control}");
  expect(selected(screen)).toHaveLength(4);
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("field-f4"));
});

test("Escape closes it and gives the focus back", async () => {
  const { screen, user } = await open(usual);
  const opener = screen.getByRole("button", { name: "All fields" });
  await user.click(opener);
  rows(screen)[0]?.focus();
  await user.keyboard("{Escape}");
  await settle();
  expect(screen.queryByRole("listbox", { name: "All fields" })).toBeNull();
  expect(document.activeElement).toBe(opener);
});

test("its key closes it too, and the focus is not lost", async () => {
  const { screen, user } = await open(usual);
  await user.keyboard("{Control>}l{/Control}");
  rows(screen)[1]?.focus();
  await user.keyboard("{Control>}l{/Control}");
  await settle();
  expect(screen.queryByRole("listbox", { name: "All fields" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "All fields" }));
});

test("without a field it says so", async () => {
  const { screen, user } = await open({ ...usual, fields: [] });
  await user.click(screen.getByRole("button", { name: "All fields" }));
  screen.getByText("No field is placed yet.");
});

test("a question mark opens the list of keys, but not where one is typed", async () => {
  const { screen, user } = await open(usual);
  const title = screen.getByRole("textbox", { name: "Name of the request" });
  await user.type(title, "?");
  expect(screen.queryByRole("dialog")).toBeNull();
  const page = screen.getByRole("group", { name: "Page 1" });
  page.focus();
  await user.keyboard("?");
  const dialog = within(await screen.findByRole("dialog", { name: "Keys" }));
  dialog.getByText("Next suggestion");
  await user.keyboard("s");
  await user.keyboard("{Escape}");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.activeElement, "the focus is where it was").toBe(page);
});

test("there is no list of fields before there is a page", async () => {
  const { screen, user } = await open(empty);
  await user.keyboard("{Control>}l{/Control}");
  expect(screen.queryByRole("heading", { name: /^All fields/u })).toBeNull();
});
