/** Pages that come while the draft is open are drawn as those that were there. */
import { expect, test } from "vitest";
import { emit } from "../fake/bindings";
import { document as documentOf, usual } from "./drafts";
import { open, settle } from "./open";

const near = () =>
  [...document.querySelectorAll(".area .page")].map((page) => !page.classList.contains("far"));

test("pages of a document that is added are shown", async () => {
  const short = { ...usual, documents: [documentOf("lease", "Bail", 1)], fields: [] };
  const { host } = await open(short);
  await settle();
  expect(near()).toEqual([true]);
  host.draft = {
    ...short,
    revision: short.revision + 1,
    documents: [documentOf("lease2", "Bail v2", 2)],
  };
  emit("dataChanged", { tags: [{ tag: "draft", id: short.id }] });
  await settle();
  await settle();
  expect(near()).toEqual([true, true]);
});
