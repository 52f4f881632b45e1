/** Keys that work wherever the focus is. In a text, Ctrl+Z stays the text's own. */
import { fieldElement, focusElement } from "./state/focus";
import type { Pointer } from "./state/pointer.svelte";
import type { Search } from "./state/search.svelte";
import type { EditorSession } from "./state/session.svelte";
import type { Suggestions } from "./state/suggestions.svelte";

export function shortcut(
  event: KeyboardEvent,
  session: EditorSession,
  pointer: Pointer,
  search: Search,
  suggestions: Suggestions,
): void {
  // A gesture, a menu or a dialog has heard it, or is in front of the pages.
  if (event.defaultPrevented || pointer.isActive || session.isMessageOpen) return;
  if (event.key === "Escape" && session.armed) {
    event.preventDefault();
    session.arm(null);
    return;
  }
  const [selected] = session.fields.selected;
  if (event.key === "Escape" && selected && isIn(event.target, "#editor-inspector")) {
    event.preventDefault();
    void focusElement(fieldElement(selected.id));
    return;
  }
  if (event.key === "F3" && session.pageCount > 0) {
    event.preventDefault();
    search.step(event.shiftKey ? -1 : 1);
    return;
  }
  if (isNext(event) && session.pageCount > 0 && !session.isLocked) {
    event.preventDefault();
    suggestions.step(event.shiftKey ? -1 : 1);
    return;
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const act = action(event, session, search);
  if (!act) return;
  event.preventDefault();
  act();
}

function action(event: KeyboardEvent, session: EditorSession, search: Search): (() => void) | null {
  const { viewport, fields } = session;
  // Words that are selected are copied as everywhere; fields, when nothing else has the focus.
  const areFieldsMeant =
    !isText(event.target) &&
    fields.selection.ids.length > 0 &&
    (globalThis.getSelection?.()?.isCollapsed ?? true);
  switch (event.key.toLowerCase()) {
    case "a": {
      const page = viewport.current;
      return page && isIn(event.target, "[data-page-id]") ? () => fields.selectAll(page.id) : null;
    }
    case "c":
      return areFieldsMeant ? () => fields.copy() : null;
    case "x":
      return areFieldsMeant && !session.isLocked
        ? () => {
            fields.copy();
            fields.remove();
          }
        : null;
    case "v":
      return isText(event.target) ? null : () => fields.paste();
    case "z":
      if (isText(event.target)) return null;
      return event.shiftKey ? () => session.redo() : () => session.undo();
    case "y":
      return isText(event.target) ? null : () => session.redo();
    case "f":
      return session.pageCount > 0 ? () => search.show() : null;
    case "+":
    case "=":
      return () => viewport.step(1);
    case "-":
      return () => viewport.step(-1);
    case "0":
      return () => viewport.setZoom(1);
    default:
      return null;
  }
}

/** A letter is a key only on the pages and what belongs to them: elsewhere it may be typed. */
function isNext(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() !== "n" || event.ctrlKey || event.metaKey || event.altKey)
    return false;
  return event.target === document.body || isIn(event.target, "[data-page-id], [data-suggestions]");
}

function isIn(target: EventTarget | null, selector: string): boolean {
  return target instanceof HTMLElement && target.closest(selector) !== null;
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
