/** Changing the order of a short list by dragging one of its items with the pointer. */
type Moved = (id: string, to: number) => void;

export class Sortable {
  /** Which item hangs on the pointer. */
  dragged = $state<string | null>(null);
  /** Before which place it would land; the count of items for "at the end". */
  gap = $state<number | null>(null);
  #moved: Moved;

  constructor(moved: Moved) {
    this.#moved = moved;
  }

  /** `event` comes from a handle inside an item of `list`; items carry `data-sort-id`. */
  start(event: PointerEvent, list: HTMLElement): void {
    if (!event.isPrimary || event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    const id = handle.closest<HTMLElement>("[data-sort-id]")?.dataset["sortId"];
    if (!id) return;
    const items = [...list.querySelectorAll<HTMLElement>("[data-sort-id]")];
    const from = items.findIndex((item) => item.dataset["sortId"] === id);
    handle.setPointerCapture(event.pointerId);
    this.dragged = id;
    const ended = new AbortController();
    const on = { signal: ended.signal };
    const end = () => {
      ended.abort();
      this.dragged = null;
      this.gap = null;
    };
    handle.addEventListener("pointermove", (move) => (this.gap = gapAt(items, move.clientY)), on);
    handle.addEventListener(
      "pointerup",
      (up) => {
        const gap = gapAt(items, up.clientY);
        end();
        // Taken out of its place first, what comes after it moves up by one.
        const to = gap > from ? gap - 1 : gap;
        if (to !== from) this.#moved(id, to);
      },
      on,
    );
    handle.addEventListener("pointercancel", end, on);
    handle.addEventListener("lostpointercapture", end, on);
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape") return;
        key.preventDefault();
        end();
      },
      { ...on, capture: true },
    );
  }
}

function gapAt(items: HTMLElement[], y: number): number {
  const at = items.findIndex((item) => {
    const box = item.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return at < 0 ? items.length : at;
}
