import { expect, test } from "vitest";
import type { Page, PageText } from "../../../host/bindings";
import { PageTexts } from "./pageTexts";

const page = (index: number): Page => ({
  id: `p${index}`,
  blob: "ab".repeat(32),
  index,
  geometry: {
    visible: { llx: 0, lly: 0, urx: 595, ury: 842 },
    rotation: "none",
    user_unit: 1,
  },
});
const text = (of: string): PageText => ({
  runs: [{ text: of, x: 0, y: 0, angle: 0, size: 10, baseline: 8, spans: [] }],
});

test("a page is asked for once while it is remembered, and the oldest is forgotten", async () => {
  const asked: number[] = [];
  const texts = new PageTexts(({ index }) => {
    asked.push(index);
    return Promise.resolve(text("words"));
  });
  for (let index = 0; index < 16; index += 1) void texts.of(page(index));
  expect((await texts.of(page(0)))?.[0]?.text).toBe("words");
  expect(asked).toHaveLength(16);
  void texts.of(page(16));
  void texts.of(page(0));
  expect(asked, "the one used last is still there").toHaveLength(17);
  void texts.of(page(1));
  expect(asked.at(-1), "the one used longest ago is not").toBe(1);
});

test("a page that could not be read has no words, and is asked for again", async () => {
  let isBroken = true;
  const texts = new PageTexts(() =>
    isBroken ? Promise.reject(new Error("gone")) : Promise.resolve(text("back")),
  );
  expect(await texts.of(page(0))).toBeNull();
  isBroken = false;
  expect((await texts.of(page(0)))?.[0]?.text).toBe("back");
});
