/** Elements that can be given the focus from afar are known by their ids. */
import { tick } from "svelte";
import type { FieldId, PageId } from "../../../host/bindings";

export const fieldElement = (id: FieldId) => `field-${id}`;
export const pageElement = (id: PageId) => `page-${id}`;
/** `key` of a place that is suggested. */
export const suggestionElement = (key: string) => `suggestion-${key}`;

/** Once the screen shows what was just decided. On pages, the viewport scrolls, not the browser. */
export async function focusElement(id: string, { scroll = false } = {}): Promise<void> {
  await tick();
  const element = document.getElementById(id);
  if (scroll) element?.scrollIntoView({ block: "nearest" });
  element?.focus({ preventScroll: true });
}
