import { fireEvent, screen, within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { MOST_BYTES, MOST_THUMBNAILS } from "../../src/features/editor/model/keeping";
import { REST } from "../../src/features/editor/model/pace";
import type { Draft } from "../../src/host/bindings";
import { emit, world } from "../fake/bindings";
import { document as documentOf, usual } from "./drafts";
import { open, point } from "./open";
import { frames, Pictures, shortened } from "./pictures";

const many = { ...usual, documents: [documentOf("lease", "Bail commercial", 120)] };
/** The pane is 800 pixels wide, less two margins. */
const WIDTH = 752;
const PANE = 900;
/** Of a page at that width, with the gap after it. */
const PAGE = 1064 + 16;

async function opened(draft = usual) {
  const pictures = new Pictures();
  const { user, host } = await open(draft);
  await frames();
  const scroller = screen.getByRole("region", { name: "Pages" });
  return {
    pictures,
    user,
    host,
    scrollTo: async (top: number) => {
      scroller.scrollTop = top;
      await fireEvent.scroll(scroller);
      await frames();
    },
    /** Long enough that the next movement is one of its own. */
    rest: () => new Promise((done) => setTimeout(done, 2 * REST + 20)),
  };
}

function frameOf(number: number): Element {
  const page = screen.getByRole("group", { name: `Page ${number}` });
  const frame = page.querySelector(".picture");
  if (!frame) throw new Error(`page ${number} is not near`);
  return frame;
}

const shownOn = (number: number) =>
  [...frameOf(number).querySelectorAll("img")].map((image) => shortened(image.src));

const currentIndex = () =>
  String(
    Number(document.querySelector("[data-current-page]")?.getAttribute("data-current-page")) - 1,
  );

const dropped = () =>
  world.asked("dropPictures").map(({ addresses }) => addresses.map(shortened).sort());

describe("asking", () => {
  test("the page that is seen is asked for first, once, at the screen's own width", async () => {
    const { pictures } = await opened();
    expect(pictures.addresses()[0]).toBe(`/0/${WIDTH}`);
    expect(await pictures.arriveAll(), "requests at once").toBeLessThanOrEqual(4);
    const asked = pictures.addresses();
    expect(new Set(asked).size, "none twice").toBe(asked.length);
    expect(shownOn(1)).toEqual([`/0/${WIDTH}`]);
    const last = asked.findLastIndex((address) => !address.endsWith("?thumbnail"));
    const first = asked.findIndex((address) => address.endsWith("?thumbnail"));
    expect(first, "thumbnails come after the pages").toBeGreaterThan(last);
  });

  test("a neighbour is there before anybody turns to it", async () => {
    const { pictures, scrollTo, rest } = await opened();
    await pictures.arriveAll();
    await rest();
    const neighbour = frameOf(2).querySelector("img");
    expect(pictures.addresses()).toContain(`/1/${WIDTH}?ahead`);
    await scrollTo(44 + PAGE);
    expect(frameOf(2).querySelector("img"), "the very same").toBe(neighbour);
    expect(pictures.addresses(), "nothing is asked for").not.toContain(`/1/${WIDTH}`);
  });

  test("what has left the view is given up, and the host is told once a frame", async () => {
    const { pictures, scrollTo } = await opened(many);
    const gone = pictures.underWay();
    expect(gone, "pages, and thumbnails, whose list follows").toHaveLength(4);
    await scrollTo(100 * PAGE);
    expect(dropped()).toEqual([gone.map(({ address }) => address).sort()]);
    expect(
      gone.every(({ image }) => image.src === ""),
      "and let go",
    ).toBe(true);
    expect(pictures.underWay().length).toBeGreaterThan(0);
  });

  test("pages flown past are never asked for", async () => {
    const { pictures, scrollTo, rest } = await opened(many);
    await pictures.arriveAll();
    await rest();
    await scrollTo(10 * PAGE);
    const begun = pictures.addresses().length;
    for (let page = 15; page <= 100; page += 5) await scrollTo(page * PAGE);
    expect(pictures.addresses().slice(begun)).toEqual([]);
    await rest();
    await frames();
    const [asked = ""] = pictures.addresses().slice(begun);
    expect(asked.split("/")[1], "where it came to rest").toBe(currentIndex());
  });

  test("an answer meant for an earlier request of the same picture is not believed", async () => {
    const { pictures, scrollTo, rest } = await opened(many);
    await scrollTo(100 * PAGE);
    await rest();
    await scrollTo(0);
    await pictures.fail(`/0/${WIDTH}`);
    expect(screen.queryByRole("button", { name: "Show again" })).toBeNull();
    await pictures.arrive(`/0/${WIDTH}`);
    expect(shownOn(1)).toEqual([`/0/${WIDTH}`]);
  });

  test("leaving the editor gives up everything and keeps nothing", async () => {
    const pictures = new Pictures();
    const editor = await open(usual);
    await frames();
    await pictures.arrive(`/0/${WIDTH}`);
    editor.screen.unmount();
    await frames();
    expect(pictures.live()).toEqual([]);
    expect(dropped().flat().length).toBeGreaterThan(0);
  });
});

describe("zooming", () => {
  test("the old picture stays, stretched, until all that is seen of the new one is decoded", async () => {
    const { pictures, user, rest } = await opened();
    await pictures.arriveAll();
    await rest();
    const old = frameOf(1).querySelector("img");
    const begun = pictures.asked.length;
    await user.keyboard("{Control>}+++++++++{/Control}");
    await rest();
    await frames();
    const parts = pictures
      .addresses()
      .slice(begun)
      .filter((each) => /^\/0\/\d+\/[\d,]+$/u.test(each));
    expect(parts.length, "cut in parts").toBeGreaterThan(1);
    const [late, ...others] = parts.filter((address) => pictures.last(address).image.src !== "");
    if (!late) throw new Error("parts are under way");
    for (const address of others) await pictures.arrive(address);
    expect([...frameOf(1).childNodes]).toEqual([old]);
    pictures.load(late);
    await frames();
    expect([...frameOf(1).childNodes], "loaded is not decoded").toEqual([old]);
    await pictures.arrive(late);
    await pictures.arriveAll();
    expect(shownOn(1)).toEqual(expect.arrayContaining([late, ...others]));
    expect(shownOn(1)).not.toContain(`/0/${WIDTH}`);
    expect(old?.getAttribute("src"), "let go").toBe("");
  });
});

describe("another file", () => {
  test("a page that was made anew shows the old picture until the new one is there", async () => {
    const { pictures, host, rest } = await opened();
    await pictures.arriveAll();
    await rest();
    const old = frameOf(1).querySelector("img");
    const [lease, ...others] = host.draft.documents;
    if (!lease) throw new Error("a document");
    const pages = lease.pages.map((page) => ({ ...page, index: page.index + 40 }));
    host.draft = { ...host.draft, documents: [{ ...lease, pages }, ...others] };
    emit("dataChanged", { tags: [{ tag: "draft", id: "d1" }] });
    await vi.waitFor(() => expect(pictures.addresses()).toContain(`/40/${WIDTH}`));
    await frames();
    expect([...frameOf(1).childNodes]).toEqual([old]);
    await pictures.arrive(`/40/${WIDTH}`);
    expect(shownOn(1)).toEqual([`/40/${WIDTH}`]);
    expect(old?.getAttribute("src"), "let go").toBe("");
  });
});

describe("what cannot be drawn", () => {
  test("is said, not repeated by itself, and tried again on demand; others work", async () => {
    const { pictures, user, scrollTo, rest } = await opened();
    await pictures.fail(`/0/${WIDTH}`);
    await pictures.arriveAll();
    const page = within(screen.getByRole("group", { name: "Page 1" }));
    const retry = page.getByRole("button", { name: "Show again" });
    expect(shownOn(2)).toHaveLength(1);
    await rest();
    await scrollTo(40);
    expect(pictures.addresses().filter((each) => each === `/0/${WIDTH}`)).toHaveLength(1);
    await user.click(retry);
    expect(page.queryByRole("button", { name: "Show again" })).toBeNull();
    await pictures.arrive(`/0/${WIDTH}`);
    expect(shownOn(1)).toEqual([`/0/${WIDTH}`]);
  });
});

test("what cannot be drawn can be tried again while a tool is armed, and places no field", async () => {
  const { pictures, user, host } = await opened();
  await pictures.fail(`/0/${WIDTH}`);
  await pictures.arriveAll();
  await user.click(screen.getByRole("button", { name: "Signature for Ada Martin" }));
  const page = screen.getByRole("group", { name: "Page 1" });
  expect(page.classList.contains("armed")).toBe(true);
  const capture = vi.spyOn(page, "setPointerCapture");
  const retry = within(page).getByRole("button", { name: "Show again" });
  point(retry, "pointerdown", [300, 300]);
  point(retry, "pointerup", [300, 300]);
  await user.click(retry);
  expect(capture, "the press is the button's").not.toHaveBeenCalled();
  expect(host.asked).toEqual([]);
  expect(pictures.addresses().filter((each) => each === `/0/${WIDTH}`)).toHaveLength(2);
});

describe("what cannot be drawn after a zoom", () => {
  const page = () => within(screen.getByRole("group", { name: "Page 1" }));

  /** Zoomed in, with all parts of the first page under way that may be at once. */
  async function zoomed() {
    const editor = await opened();
    const { pictures, user, rest } = editor;
    await pictures.arriveAll();
    await rest();
    const old = frameOf(1).querySelector("img");
    await user.keyboard("{Control>}+++++++++{/Control}");
    await rest();
    await frames();
    const part = pictures.underWay().find(({ address }) => /^\/0\/\d+\/[\d,]+$/u.test(address));
    if (!part) throw new Error("a part of the first page is under way");
    const times = () => pictures.addresses().filter((each) => each === part.address).length;
    return { ...editor, old, part: part.address, times };
  }

  test("is asked for once again, and may then be there", async () => {
    const { pictures, part, times, old } = await zoomed();
    await pictures.fail(part);
    expect(times()).toBe(2);
    expect([...frameOf(1).childNodes]).toEqual([old]);
    expect(page().queryByRole("button", { name: "Show again" })).toBeNull();
    await pictures.arriveAll();
    expect(shownOn(1)).toContain(part);
    expect(page().queryByRole("button", { name: "Show again" })).toBeNull();
  });

  test("is said over the stretched picture when it fails again, and tried again on demand", async () => {
    const { pictures, user, part, times, old } = await zoomed();
    await pictures.fail(part);
    await pictures.fail(part);
    await pictures.arriveAll();
    expect(times(), "not a third time by itself").toBe(2);
    expect([...frameOf(1).childNodes], "the old picture is there").toEqual([old]);
    const said = page().getByText("This page could not be drawn as sharp as this zoom shows it.");
    // The page is larger than the view, and the words stand in the part that is seen.
    const [top, right, bottom] = (said.closest<HTMLElement>(".failed")?.style.inset ?? "")
      .split(" ")
      .map((edge) => parseFloat(edge));
    const { height } = screen.getByRole("group", { name: "Page 1" }).style;
    expect(right, "it goes on beyond the right edge").toBeGreaterThan(0);
    expect(parseFloat(height) - (top ?? 0) - (bottom ?? 0)).toBeLessThanOrEqual(PANE);
    const retry = page().getByRole("button", { name: "Show again" });
    await user.click(retry);
    expect(page().queryByRole("button", { name: "Show again" })).toBeNull();
    expect(times()).toBe(3);
    await pictures.arriveAll();
    expect(shownOn(1)).toContain(part);
  });

  test("is no longer said at a zoom at which it can be", async () => {
    const { pictures, user, part, rest } = await zoomed();
    await pictures.fail(part);
    await pictures.fail(part);
    page().getByRole("button", { name: "Show again" });
    await user.keyboard("{Control>}-{/Control}");
    await rest();
    await frames();
    await pictures.arriveAll();
    expect(page().queryByRole("button", { name: "Show again" })).toBeNull();
  });
});

/** The usual draft, with a first document of which these pages are damaged. */
function damaged(...numbers: number[]): Draft {
  const [lease, ...others] = usual.documents;
  if (!lease) throw new Error("a document");
  const pages = lease.pages.map((page, at) => ({ ...page, unreadable: numbers.includes(at + 1) }));
  return { ...usual, documents: [{ ...lease, pages }, ...others] };
}

describe("a page that the file does not have", () => {
  test("says so, offers no second try, and is named on the checklist, which leads there", async () => {
    const { pictures, user, rest } = await opened(damaged(2));
    await pictures.arrive(`/0/${WIDTH}`);
    await pictures.fail(`/1/${WIDTH}?ahead`);
    const page = within(screen.getByRole("group", { name: "Page 2" }));
    page.getByText("This page cannot be shown: the file is damaged here.");
    expect(page.queryByRole("button", { name: "Show again" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "1 thing missing" }));
    // Without layout the list has no place, and no role is seen in it.
    const checklist = within(await screen.findByLabelText("Before sending"));
    checklist.getByText("Needed");
    await user.click(
      checklist.getByText(/^Page 2 of “Bail commercial” cannot be shown: the file is damaged/u),
    );
    await rest();
    expect(document.activeElement?.getAttribute("data-page-number")).toBe("2");
  });

  test("is counted with others, and the first is named", async () => {
    const { user } = await opened(damaged(3, 5, 6));
    await user.click(screen.getByRole("button", { name: "1 thing missing" }));
    const checklist = within(await screen.findByLabelText("Before sending"));
    checklist.getByText(/^3 pages of “Bail commercial” cannot be shown, .* page 3:/u);
  });
});

describe("keeping", () => {
  test("few pictures are alive after many pages, and those that are near are", async () => {
    const { pictures, scrollTo, rest } = await opened(many);
    for (let page = 0; page < 60; page += 3) {
      await rest();
      await scrollTo(page * PAGE);
      await pictures.arriveAll();
    }
    const live = pictures.live().map(({ address }) => address);
    const pages = live.filter((address) => !address.endsWith("?thumbnail"));
    expect(pages.length * WIDTH * 1064 * 4).toBeLessThanOrEqual(MOST_BYTES);
    expect(pages.length, "some of what was seen is kept").toBeGreaterThan(10);
    expect(live.length - pages.length).toBeLessThanOrEqual(MOST_THUMBNAILS);
    expect(pages.some((address) => address.startsWith("/57/"))).toBe(true);
    expect(pages.some((address) => address.startsWith("/0/"))).toBe(false);
  });

  test("a page that was looked at a moment ago is shown again without asking", async () => {
    const { pictures, scrollTo, rest } = await opened(many);
    await pictures.arriveAll();
    const image = frameOf(1).querySelector("img");
    await rest();
    await scrollTo(6 * PAGE);
    await pictures.arriveAll();
    const asked = pictures.asked.length;
    await rest();
    await scrollTo(0);
    expect(frameOf(1).querySelector("img")).toBe(image);
    expect(pictures.addresses().slice(asked)).not.toContain(`/0/${WIDTH}`);
  });

  test("below a page that is jumped to lies its thumbnail, until the page itself is there", async () => {
    const drawImage = vi.fn();
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ drawImage } as never);
    const { pictures, scrollTo, rest } = await opened();
    await pictures.arriveAll();
    await rest();
    // As far as thumbnails are drawn ahead, but no page.
    await scrollTo(44 + 4 * PAGE);
    expect(frameOf(5).firstChild).toBeInstanceOf(HTMLCanvasElement);
    expect(drawImage).toHaveBeenCalled();
    await pictures.arriveAll();
    expect([...frameOf(5).childNodes].map((each) => each.nodeName)).toEqual(["IMG"]);
  });
});
