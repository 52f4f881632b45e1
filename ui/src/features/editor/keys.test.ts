import { expect, test } from "vitest";
import { useLanguage } from "../../messages";
import { isKey, type KeyGroup, type KeyId, keysOf, pressOf } from "./keys";

const GROUPS: KeyGroup[] = ["place", "fields", "suggestions", "pages", "draft"];
const press = (key: string, held: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, ...held });

test.each<[string, KeyboardEvent, KeyId[]]>([
  ["S", press("s"), ["place_signature"]],
  ["a capital S without Shift", press("S"), ["place_signature"]],
  ["Ctrl+S", press("s", { ctrlKey: true }), []],
  ["Ctrl+Z", press("z", { ctrlKey: true }), ["undo"]],
  ["Command+Z", press("z", { metaKey: true }), ["undo"]],
  ["Ctrl+Shift+Z", press("Z", { ctrlKey: true, shiftKey: true }), ["redo"]],
  ["Ctrl+Y", press("y", { ctrlKey: true }), ["redo"]],
  ["an arrow", press("ArrowLeft"), ["move"]],
  ["Shift and an arrow", press("ArrowUp", { shiftKey: true }), ["move_far"]],
  ["Alt and an arrow", press("ArrowDown", { altKey: true }), ["resize"]],
  ["Alt, Shift and an arrow", press("ArrowDown", { altKey: true, shiftKey: true }), ["resize"]],
  ["Ctrl and an arrow", press("ArrowDown", { ctrlKey: true }), []],
  ["a question mark, behind Shift", press("?", { shiftKey: true }), ["key_list"]],
  ["a question mark by itself", press("?"), ["key_list"]],
  ["Ctrl and plus, behind Shift", press("+", { ctrlKey: true, shiftKey: true }), ["zoom_in"]],
  ["Shift+N", press("N", { shiftKey: true }), ["suggestion_back"]],
  ["Shift+F3", press("F3", { shiftKey: true }), ["find_previous"]],
  ["Ctrl+Enter", press("Enter", { ctrlKey: true }), ["accept_all"]],
])("%s is that key and no other", (_, event, expected) => {
  const ids = GROUPS.flatMap((group) => keysOf(group).map(({ id }) => id));
  expect(ids.filter((id) => isKey(event, id))).toEqual(expected);
});

test("within a group no two keys are pressed alike", () => {
  for (const group of GROUPS) {
    const presses = keysOf(group).flatMap((key) => key.presses.map((labels) => labels.join("+")));
    expect(presses).toEqual([...new Set(presses)]);
  }
});

test("keys are called what is written on them", () => {
  useLanguage("english");
  expect(pressOf("undo")).toEqual({ label: "Ctrl+Z", aria: "Control+Z" });
  useLanguage("french");
  expect(pressOf("suggestion_back").label).toBe("Maj+N");
  expect(keysOf("fields").find(({ id }) => id === "remove")?.presses).toEqual([
    ["Suppr"],
    ["Retour"],
  ]);
});
