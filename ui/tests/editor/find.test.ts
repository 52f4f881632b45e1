/** Finding and selecting what is written on the pages. */
import axe from "axe-core";
import { describe, expect, test, vi } from "vitest";
import { world } from "../fake/bindings";
import { usual } from "./drafts";
import { drag, open, settle } from "./open";

const LAYER = "[data-page-id] .words";

async function find(text: string, options = {}) {
  const opened = await open(usual, options);
  const { screen, user } = opened;
  await user.keyboard("{Control>}f{/Control}");
  await settle();
  const input = screen.getByRole("textbox", {
    name: /Find in the pages|Rechercher dans les pages/u,
  });
  if (text !== "") await user.type(input, text);
  const count = () => screen.getByTestId("find-count").textContent;
  return { ...opened, input, count };
}

const currentPage = (container: HTMLElement) =>
  container
    .querySelector(".current[data-hit]")
    ?.closest("[data-page-id]")
    ?.getAttribute("data-page-id");

describe("finding", () => {
  test("Ctrl+F finds in all documents, goes to the first hit, and marks it by more than colour", async () => {
    const { screen, input, count } = await find("article 1");
    expect(document.activeElement).toBe(input);
    // Articles 1 and 10 to 17 and 19 of 24 (18 is a scan), and 1 of the annex.
    await vi.waitFor(() => expect(count()).toBe("1 of 11"));
    const marks = screen.container.querySelectorAll('[data-page-id="lease-p1"] [data-hit]');
    expect(marks).toHaveLength(1);
    expect(marks[0]?.classList.contains("current")).toBe(true);
    expect(currentPage(screen.container)).toBe("lease-p1");
  });

  test("Enter, Shift+Enter and F3 go round, and the page of the hit comes into view", async () => {
    const { screen, user, count } = await find("article 1");
    await vi.waitFor(() => expect(count()).toBe("1 of 11"));
    await user.keyboard("{Enter}");
    expect(count()).toBe("2 of 11");
    await vi.waitFor(() => expect(currentPage(screen.container)).toBe("lease-p10"));
    await user.keyboard("{Shift>}{Enter}{Enter}{/Shift}");
    expect(count(), "before the first comes the last").toBe("11 of 11");
    await vi.waitFor(() => expect(currentPage(screen.container)).toBe("annex-p1"));
    await user.keyboard("{F3}");
    expect(count()).toBe("1 of 11");
    await user.keyboard("{Shift>}{F3}{/Shift}");
    expect(count()).toBe("11 of 11");
  });

  test("what is found is said, scans included", async () => {
    const { screen, count } = await find("article 1");
    await vi.waitFor(() => expect(count()).toBe("1 of 11"));
    screen.getByText("3 pages have no text (scans) and cannot be searched");
    await vi.waitFor(() => {
      const said = screen.getAllByRole("status").map(({ textContent }) => textContent);
      expect(said).toContainEqual(expect.stringMatching(/^1 of 11\. 3 pages have no text/u));
    });
  });

  test("more hits than are shown are said, and from which page on they are", async () => {
    const { screen, count } = await find("e");
    await vi.waitFor(() => expect(count()).toBe("1 of 1,000 or more"));
    screen.getByText("Only 1,000 matches from page 1 on are shown");
    await vi.waitFor(() => {
      const said = screen.getAllByRole("status").map(({ textContent }) => textContent);
      expect(said).toContainEqual(expect.stringContaining("Only 1,000 matches from page 1 on"));
    });
  });

  test("in French too, and nothing found is said", async () => {
    const { count } = await find("xylophone", { language: "french" });
    await vi.waitFor(() => expect(count()).toBe("Aucun résultat"));
  });

  test("another word replaces the hits of the one before", async () => {
    const { user, input, count, screen } = await find("article 1");
    await vi.waitFor(() => expect(count()).toBe("1 of 11"));
    await user.clear(input);
    await settle();
    expect(screen.container.querySelectorAll("[data-hit]")).toHaveLength(0);
    expect(count()).toBe("");
    await user.type(input, "article 24");
    await vi.waitFor(() => expect(count()).toBe("1 of 1"));
  });

  test("Esc closes it, takes the marks away and gives the focus back", async () => {
    const opened = await open(usual);
    const { screen, user } = opened;
    const field = screen.getByRole("button", { name: /^Text of Ada/u });
    field.focus();
    await user.keyboard("{Control>}f{/Control}");
    await settle();
    await user.keyboard("article 1");
    await vi.waitFor(() => expect(screen.container.querySelector("[data-hit]")).not.toBeNull());
    await user.keyboard("{Escape}");
    await settle();
    expect(screen.queryByRole("search")).toBeNull();
    expect(screen.container.querySelector("[data-hit]")).toBeNull();
    expect(document.activeElement).toBe(field);
  });

  test("pages that go away take their hits with them", async () => {
    const { screen, count, host, user } = await find("article 9");
    // Article 9 of the lease is a scan, and so is that of the annex.
    await vi.waitFor(() => expect(count()).toBe("No match"));
    await user.clear(screen.getByRole("textbox", { name: "Find in the pages" }));
    await user.keyboard("article 2");
    await vi.waitFor(() => expect(count()).toBe("1 of 7"));
    host.draft = { ...host.draft, documents: host.draft.documents.slice(0, 1), fields: [] };
    world.changed([{ tag: "draft", id: "d1" }]);
    await vi.waitFor(() => expect(count()).toBe("1 of 6"));
  });

  test("a search that failed says so, and Enter tries again", async () => {
    const { refuse, count, user } = await find("");
    refuse("searchDraft", { code: "pdf_worker_unavailable" });
    await user.keyboard("article 24");
    await vi.waitFor(() => expect(count()).toContain("could not be searched"));
    world.refusals.delete("searchDraft");
    await user.keyboard("{Enter}");
    await vi.waitFor(() => expect(count()).toBe("1 of 1"));
  });

  test("the bar has no barrier that axe knows of", async () => {
    const { screen, count } = await find("article 24");
    await vi.waitFor(() => expect(count()).toBe("1 of 1"));
    const { violations } = await axe.run(screen.getByRole("search"), {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

describe("the words of a page", () => {
  test("lie over the pages that are seen, in reading order, and can be read aloud", async () => {
    const { screen } = await open(usual);
    await vi.waitFor(() => expect(screen.container.querySelector(LAYER)).not.toBeNull());
    const layers = screen.container.querySelectorAll(LAYER);
    expect(layers.length).toBeLessThan(4);
    const page = screen.getByRole("group", { name: "Page 1" });
    const words = page.querySelector(".words");
    expect(words?.closest("[aria-hidden]")).toBeNull();
    expect(words?.textContent?.startsWith("Article 1the client")).toBe(true);
    expect(words?.querySelectorAll("br").length).toBeGreaterThan(10);
  });

  test("a press on them lets go of a field and moves none; a tool draws over them", async () => {
    const { screen, host, user } = await open(usual);
    await vi.waitFor(() => expect(screen.container.querySelector(LAYER)).not.toBeNull());
    screen.getByRole("button", { name: /^Signature of Grace/u }).focus();
    await settle();
    screen.getByRole("region", { name: "Selected field" });
    const word = screen.container.querySelector(`${LAYER} span`) as Element;
    drag(word, [100, 300], [200, 320]);
    await settle();
    expect(screen.queryByRole("region", { name: "Selected field" })).toBeNull();
    expect(host.asked).toEqual([]);

    await user.click(screen.getByRole("button", { name: "Signature for Ada Martin" }));
    await settle();
    const layer = screen.container.querySelector(LAYER);
    expect(layer?.classList.contains("passive")).toBe(true);
  });
});
