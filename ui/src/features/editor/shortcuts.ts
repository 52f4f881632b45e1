/** Keys that work wherever the focus is. In a text, Ctrl+Z stays the text's own. */
import type { Editor } from "./context";
import { isKey } from "./keys";
import { fieldElement, focusElement } from "./state/focus";
import { panes } from "./state/panes.svelte";

export function shortcut(event: KeyboardEvent, editor: Editor): void {
  const { session, pointer } = editor;
  // A gesture, a menu or a dialog has heard it, or is in front of the pages.
  if (event.defaultPrevented || pointer.isActive || session.isMessageOpen || session.isKeysOpen) {
    return;
  }
  const act = action(event, editor);
  if (!act) return;
  event.preventDefault();
  act();
}

function action(
  event: KeyboardEvent,
  { session, search, suggestions }: Editor,
): (() => void) | null {
  const { viewport, fields } = session;
  const hasPages = session.pageCount > 0;
  if (isKey(event, "put_down") && session.armed) return () => session.arm(null);
  const [selected] = fields.selected;
  if (isKey(event, "leave") && selected && isIn(event.target, "#editor-inspector")) {
    return () => void focusElement(fieldElement(selected.id));
  }
  if (hasPages && isKey(event, "find_next")) return () => search.step(1);
  if (hasPages && isKey(event, "find_previous")) return () => search.step(-1);
  if (hasPages && isKey(event, "find")) return () => search.show();
  if (hasPages && isKey(event, "field_list")) {
    return () => {
      panes.toggle("fields");
      void focusElement(panes.list === "fields" ? "field-list" : "editor-field-list");
    };
  }
  if (isKey(event, "zoom_in")) return () => viewport.step(1);
  if (isKey(event, "zoom_out")) return () => viewport.step(-1);
  if (isKey(event, "zoom_usual")) return () => viewport.setZoom(1);
  // What follows is the text's own where one is typed.
  if (isText(event.target)) return null;
  if (isKey(event, "key_list")) return () => (session.isKeysOpen = true);
  if (hasPages && !session.isLocked && isOnPages(event.target)) {
    if (isKey(event, "suggestion")) return () => suggestions.step(1);
    if (isKey(event, "suggestion_back")) return () => suggestions.step(-1);
  }
  if (isKey(event, "undo")) return () => session.undo();
  if (isKey(event, "redo")) return () => session.redo();
  if (isKey(event, "paste")) return () => fields.paste();
  const page = viewport.current;
  if (page && isKey(event, "select_page") && isIn(event.target, "[data-page-id]")) {
    return () => fields.selectAll(page.id);
  }
  // Words that are selected are copied as everywhere; fields, when nothing else is.
  const areFieldsMeant =
    fields.selection.ids.length > 0 && (globalThis.getSelection?.()?.isCollapsed ?? true);
  if (areFieldsMeant && isKey(event, "copy")) return () => fields.copy();
  if (areFieldsMeant && isKey(event, "cut") && !session.isLocked) {
    return () => {
      fields.copy();
      fields.remove();
    };
  }
  return null;
}

/** A letter is a key only on the pages and what belongs to them: elsewhere it may be typed. */
function isOnPages(target: EventTarget | null): boolean {
  return target === document.body || isIn(target, "[data-page-id], [data-suggestions]");
}

function isIn(target: EventTarget | null, selector: string): boolean {
  return target instanceof HTMLElement && target.closest(selector) !== null;
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
