/** The pages in small: always one stop for Tab, and the keys reach every page. */
import { fireEvent, screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { document as documentOf, usual } from "./drafts";
import { open, settle } from "./open";

const LONG = { ...usual, documents: [documentOf("lease", "Bail commercial", 120)], fields: [] };

async function opened(draft = LONG) {
  const { user } = await open(draft);
  await settle();
  const list = screen.getByRole("navigation", { name: "Pages" });
  const page = (number: number) =>
    within(list).getByRole("button", { name: `Go to page ${number}` });
  return { user, list, page };
}

test("End goes to the last page, far as it is, and the focus goes with it", async () => {
  const { user, page } = await opened();
  page(1).focus();
  await user.keyboard("{End}");
  await settle();
  expect(document.activeElement).toBe(page(120));
  await user.keyboard("{ArrowUp}");
  await settle();
  expect(document.activeElement).toBe(page(119));
  await user.keyboard("{Home}");
  await settle();
  expect(document.activeElement).toBe(page(1));
});

test("the arrow keys reach every page, also where several are seen at once", async () => {
  const [lease] = LONG.documents;
  if (!lease) throw new Error("a document");
  const pages = lease.pages.slice(0, 8).map((page) => {
    const visible = { llx: 0, lly: 0, urx: 300, ury: 120 };
    return { ...page, geometry: { ...page.geometry, visible, rotation: "none" as const } };
  });
  const { user, page } = await opened({ ...LONG, documents: [{ ...lease, pages }] });
  // The webview scrolls no further than the last page's end.
  const scroller = screen.getByRole("region", { name: "Pages" });
  const height = parseFloat((scroller.firstElementChild as HTMLElement).style.height);
  let at = 0;
  Object.defineProperty(scroller, "scrollTop", {
    get: () => at,
    set: (top: number) => (at = Math.max(0, Math.min(top, height - 900))),
  });
  page(1).focus();
  for (let number = 2; number <= 8; number += 1) {
    await user.keyboard("{ArrowDown}");
    await settle();
    expect(document.activeElement).toBe(page(number));
  }
});

test("Tab finds the current page, wherever the list was scrolled to", async () => {
  const { list, page } = await opened();
  list.scrollTop = 15_000;
  await fireEvent.scroll(list);
  await settle();
  expect(page(80), "that part is shown").toBeTruthy();
  const stops = [...list.querySelectorAll("button")].filter((each) => each.tabIndex === 0);
  expect(stops).toEqual([page(1)]);
  const numbers = [...list.querySelectorAll("li")].map((each) => parseFloat(each.style.top));
  expect(numbers, "read in the order of the pages").toEqual(numbers.toSorted((a, b) => a - b));
});
