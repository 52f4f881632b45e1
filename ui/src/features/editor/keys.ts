/** The editor's keys: one table for what they do and for the list that tells them. */
import { m } from "../../messages";

type Press = {
  /** As `KeyboardEvent.key` has it, letters small; `arrow` is each of the four. */
  key: string;
  /** Ctrl, on a Mac Command. */
  mod?: true;
  shift?: true;
  alt?: true;
};
export type KeyGroup = "place" | "fields" | "suggestions" | "pages" | "draft";
type Key = { group: KeyGroup; name: () => string; presses: readonly [Press, ...Press[]] };

const mod = (key: string): Press => ({ key, mod: true });
const shift = (key: string): Press => ({ key, shift: true });

const TABLE = {
  place_signature: { group: "place", name: m.editor_palette_signature, presses: [{ key: "s" }] },
  place_block: { group: "place", name: m.editor_palette_block, presses: [{ key: "b" }] },
  place_initials: { group: "place", name: m.editor_palette_initials, presses: [{ key: "i" }] },
  place_text: { group: "place", name: m.editor_palette_text, presses: [{ key: "t" }] },
  place_again: { group: "place", name: m.editor_key_place_again, presses: [{ key: "enter" }] },
  put_down: { group: "place", name: m.editor_key_put_down, presses: [{ key: "escape" }] },

  next_field: { group: "fields", name: m.editor_key_next_field, presses: [{ key: "tab" }] },
  select_page: { group: "fields", name: m.editor_key_select_page, presses: [mod("a")] },
  move: { group: "fields", name: m.editor_key_move, presses: [{ key: "arrow" }] },
  move_far: { group: "fields", name: m.editor_key_move_far, presses: [shift("arrow")] },
  resize: {
    group: "fields",
    name: m.editor_key_resize,
    presses: [
      { key: "arrow", alt: true },
      { key: "arrow", alt: true, shift: true },
    ],
  },
  details: { group: "fields", name: m.editor_key_details, presses: [{ key: "enter" }] },
  copy: { group: "fields", name: m.editor_key_copy, presses: [mod("c")] },
  cut: { group: "fields", name: m.editor_key_cut, presses: [mod("x")] },
  paste: { group: "fields", name: m.editor_key_paste, presses: [mod("v")] },
  duplicate: { group: "fields", name: m.editor_key_duplicate, presses: [mod("d")] },
  remove: {
    group: "fields",
    name: m.editor_key_remove,
    presses: [{ key: "delete" }, { key: "backspace" }],
  },
  leave: { group: "fields", name: m.editor_key_leave, presses: [{ key: "escape" }] },

  suggestion: { group: "suggestions", name: m.editor_key_suggestion, presses: [{ key: "n" }] },
  suggestion_back: {
    group: "suggestions",
    name: m.editor_key_suggestion_back,
    presses: [shift("n")],
  },
  accept: { group: "suggestions", name: m.editor_key_accept, presses: [{ key: "enter" }] },
  accept_all: { group: "suggestions", name: m.editor_key_accept_all, presses: [mod("enter")] },
  dismiss: {
    group: "suggestions",
    name: m.editor_key_dismiss,
    presses: [{ key: "delete" }, { key: "backspace" }],
  },

  next_page: { group: "pages", name: m.editor_key_next_page, presses: [{ key: "pagedown" }] },
  previous_page: { group: "pages", name: m.editor_key_previous_page, presses: [{ key: "pageup" }] },
  find: { group: "pages", name: m.editor_find, presses: [mod("f")] },
  find_next: { group: "pages", name: m.editor_find_next, presses: [{ key: "f3" }] },
  find_previous: { group: "pages", name: m.editor_find_previous, presses: [shift("f3")] },
  zoom_in: { group: "pages", name: m.editor_zoom_in, presses: [mod("+"), mod("=")] },
  zoom_out: { group: "pages", name: m.editor_zoom_out, presses: [mod("-")] },
  zoom_usual: { group: "pages", name: m.editor_key_zoom_usual, presses: [mod("0")] },

  undo: { group: "draft", name: m.editor_undo, presses: [mod("z")] },
  redo: {
    group: "draft",
    name: m.editor_redo,
    presses: [{ key: "z", mod: true, shift: true }, mod("y")],
  },
  field_list: { group: "draft", name: m.editor_fields_list, presses: [mod("l")] },
  key_list: { group: "draft", name: m.editor_keys, presses: [{ key: "?" }] },
} satisfies Record<string, Key>;

export type KeyId = keyof typeof TABLE;
const KEYS: Record<KeyId, Key> = TABLE;

/** Whether this press is that key. */
export function isKey(event: KeyboardEvent, id: KeyId): boolean {
  return KEYS[id].presses.some((press) => isPress(event, press));
}

function isPress(event: KeyboardEvent, press: Press): boolean {
  const key = event.key.toLowerCase();
  const isThatKey = press.key === "arrow" ? key.startsWith("arrow") : key === press.key;
  // Where signs are found on a keyboard, with Shift or without, differs by country.
  const isSign = press.key.length === 1 && !/[a-z]/u.test(press.key);
  return (
    isThatKey &&
    (event.ctrlKey || event.metaKey) === (press.mod ?? false) &&
    event.altKey === (press.alt ?? false) &&
    (isSign || event.shiftKey === (press.shift ?? false))
  );
}

/** Every key of a group, as it is called and how it is pressed, the usual way first. */
export function keysOf(group: KeyGroup): { id: KeyId; name: string; presses: string[][] }[] {
  const ids = Object.keys(KEYS) as KeyId[];
  return ids
    .filter((id) => KEYS[id].group === group)
    .map((id) => ({ id, name: KEYS[id].name(), presses: KEYS[id].presses.map(labelsOf) }));
}

/** How a key is pressed the usual way: "Ctrl+Z", and as `aria-keyshortcuts` has it. */
export function pressOf(id: KeyId): { label: string; aria: string } {
  const [press] = KEYS[id].presses;
  const held = [
    ...(press.mod ? [isMac ? "Meta" : "Control"] : []),
    ...(press.alt ? ["Alt"] : []),
    ...(press.shift ? ["Shift"] : []),
  ];
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  return { label: labelsOf(press).join("+"), aria: [...held, key].join("+") };
}

const isMac = /\bMac/u.test(globalThis.navigator?.userAgent ?? "");

const LABELS: Partial<Record<string, () => string>> = {
  enter: m.editor_keycap_enter,
  escape: m.editor_keycap_escape,
  delete: m.editor_keycap_delete,
  backspace: m.editor_keycap_backspace,
  tab: m.editor_keycap_tab,
  pagedown: m.editor_keycap_page_down,
  pageup: m.editor_keycap_page_up,
  arrow: m.editor_keycap_arrows,
  "-": () => "−",
};

/** What is written on the keys that are pressed together. */
function labelsOf({ key, ...held }: Press): string[] {
  return [
    ...(held.mod ? [isMac ? "⌘" : m.editor_keycap_ctrl()] : []),
    ...(held.alt ? [isMac ? "⌥" : m.editor_keycap_alt()] : []),
    ...(held.shift ? [isMac ? "⇧" : m.editor_keycap_shift()] : []),
    LABELS[key]?.() ?? key.toUpperCase(),
  ];
}
