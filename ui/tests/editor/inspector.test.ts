/** The details of a field, by keys. */
import { expect, test } from "vitest";
import { usual } from "./drafts";
import { open, settle } from "./open";

test("a field sent to another page by its number leaves the focus where somebody types", async () => {
  const { screen, user, host } = await open(usual);
  document.getElementById("field-f4")?.focus();
  await settle();
  await user.keyboard("{Enter}");
  const page = screen.getByRole("textbox", { name: "Page" });
  await user.clear(page);
  await user.type(page, "1{Enter}");
  await settle();
  expect(host.draft.fields.find(({ id }) => id === "f4")?.page).toBe("lease-p1");
  expect(document.activeElement).toBe(page);
  await user.keyboard("{Escape}");
  await settle();
  expect(document.activeElement?.id, "Esc leads back to the field").toBe("field-f4");
  expect(document.activeElement?.getAttribute("aria-current")).toBe("true");
});
