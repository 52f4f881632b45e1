/** The list of what is missing, beside the pages. */
import { within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { usual } from "./drafts";
import { open, settle } from "./open";
import { suggested } from "./suggested";

const list = (screen: Awaited<ReturnType<typeof open>>["screen"]) =>
  screen.getByRole("region", { name: "Before sending" });

test("stays beside the pages while things are mended, and says when nothing is left", async () => {
  const { screen, user } = await open({ ...usual, title: "" });
  const opener = screen.getByRole("button", { name: "1 thing missing" });
  await user.click(opener);
  expect(opener.getAttribute("aria-expanded")).toBe("true");
  within(list(screen)).getByText("Needed");
  await user.click(screen.getByRole("button", { name: /^Signature of Grace O’Connor/u }));
  within(list(screen)).getByText("Give the request a title: everybody sees it.");
  const title = screen.getByRole("textbox", { name: "Name of the request" });
  await user.type(title, "Lease");
  await user.tab();
  await settle();
  within(list(screen)).getByText("Nothing is missing.");
  await user.click(within(list(screen)).getByRole("button", { name: "Close the list" }));
  expect(screen.queryByRole("region", { name: "Before sending" })).toBeNull();
  await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("Ready to send"));
});

test("a button mends what leaves no question, in one step", async () => {
  const { screen, host, user, labels } = await open({ ...usual, title: "" });
  await user.click(screen.getByRole("button", { name: "1 thing missing" }));
  await user.click(within(list(screen)).getByRole("button", { name: "Call it “Bail commercial”" }));
  await settle();
  expect(host.draft.title).toBe("Bail commercial");
  expect(labels()).toEqual(["editor_step_rename_request"]);
  within(list(screen)).getByText("Nothing is missing.");
  expect(document.activeElement, "the focus stays in the list").toBe(list(screen));
});

test("what the words on the pages say comes after a rest, and is gone with its field", async () => {
  const { screen, host, user } = await open(usual, {
    wordProblems: [
      { problem: "field_over_words", field: "f2", words: "Article 12" },
      { problem: "name_not_in_words", recipient: "ada" },
    ],
  });
  await user.click(screen.getByRole("button", { name: "Ready to send" }));
  const covers = "A field of Grace O’Connor covers words: “Article 12”.";
  await user.click(await screen.findByText(covers, {}, { timeout: 3000 }));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("field-f2"));
  within(list(screen)).getByText(/do not mention the name of Ada Martin/u);
  await user.keyboard("{Delete}");
  await settle();
  expect(host.draft.fields.some(({ id }) => id === "f2")).toBe(false);
  expect(within(list(screen)).queryByText(covers)).toBeNull();
});

test("an empty date leads to the place that the page suggests for it, even one put away", async () => {
  const date = suggested.find(({ kind }) => kind.type === "text");
  if (!date) throw new Error("a date");
  const { screen, user } = await open(usual, {
    suggestions: suggested,
    wordProblems: [
      {
        problem: "dates_empty",
        document: "lease",
        page: date.page,
        number: 24,
        place: date.rect,
        count: 2,
      },
    ],
  });
  await user.click(await screen.findByRole("button", { name: "Put the suggestions away" }));
  await user.click(screen.getByRole("button", { name: "Ready to send" }));
  await user.click(
    await screen.findByText(
      "2 dates are left empty in “Bail commercial”, the first of them on page 24.",
      {},
      { timeout: 3000 },
    ),
  );
  await vi.waitFor(() => {
    const key = [date.page, "text", ...Object.values(date.rect)].join("_");
    expect(document.activeElement?.id, "the suggestion has the focus").toBe(`suggestion-${key}`);
  });
});
