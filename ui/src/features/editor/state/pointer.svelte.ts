/**
 * Leads a pointer's events into a gesture: captured, one step a frame, and always brought to an
 * end, whether by release, by Esc, or by the system taking the pointer away.
 */
import type { Field, FieldId } from "../../../host/bindings";
import { leastSize, type Tool } from "../model/edits";
import type { Handle, Point } from "../model/geometry";
import { NOBODY, PointerGesture, type Preview } from "../model/gesture";
import type { EditorSession } from "./session.svelte";
import type { Snapper } from "./snapper";

export class Pointer {
  preview = $state.raw<Preview | null>(null);
  /** Of all fields only these look at the preview: it changes with every motion. */
  moving = $state.raw<ReadonlySet<FieldId>>(NOBODY);
  #session: EditorSession;
  #gesture: PointerGesture;
  #at: Point = { x: 0, y: 0 };
  /** Alt is held: nothing is lined up. */
  #isFree = false;
  #frame = 0;
  #end: (() => void) | null = null;

  constructor(session: EditorSession, snapper: Snapper) {
    this.#session = session;
    const { pageAt, onPage } = session.viewport.surface;
    this.#gesture = new PointerGesture({
      pageAt,
      onPage,
      snap: (page, rect, parts, without) => snapper.snap(page, rect, parts, without),
    });
  }

  get isActive(): boolean {
    return this.#gesture.isActive;
  }

  /** In the palette: drag a field of this type out, or arm it with a click. */
  carry(event: PointerEvent, type: Tool): void {
    const stamp = this.#session.stampOf(type);
    if (stamp && isPress(event)) this.#start(event, (at) => this.#gesture.carry(stamp, at));
  }

  /** On a page, while a tool is armed. */
  draw(event: PointerEvent): void {
    const stamp = this.#session.armedStamp;
    if (stamp && isPress(event)) this.#start(event, (at) => this.#gesture.draw(stamp, at));
  }

  /** On an empty place of a page: pulls a rectangle open around fields, or lets go of them. */
  enclose(event: PointerEvent): void {
    if (isPress(event)) this.#start(event, (at) => this.#gesture.enclose(at));
  }

  /** With Shift, a field is selected beside others, or no longer. */
  move(event: PointerEvent, field: Field): void {
    if (!isPress(event)) return;
    const { fields } = this.#session;
    fields.commitNudge();
    if (event.shiftKey) return fields.selection.toggle(field.id);
    if (!fields.selection.has(field.id)) fields.selection.set([field.id]);
    if (this.#session.isLocked) return;
    const [current = field] = fields.selected.filter(({ id }) => id === field.id);
    const others = fields.selected.filter(({ id }) => id !== field.id);
    this.#start(event, (at) => this.#gesture.move([current, ...others], at));
  }

  resize(event: PointerEvent, field: Field, handle: Handle): void {
    if (!isPress(event) || this.#session.isLocked) return;
    this.#session.fields.commitNudge();
    const current = this.#session.fields.only ?? field;
    const least = leastSize(current.kind.type, this.#session.capabilities);
    this.#start(event, (at) => this.#gesture.resize(current, handle, at, least));
  }

  #start(event: PointerEvent, begin: (at: Point) => void): void {
    this.#end?.();
    this.#see(event);
    begin(this.#at);
    if (!this.#gesture.isActive) return;
    event.stopPropagation();
    const element = event.currentTarget as HTMLElement;
    const { pointerId } = event;
    element.setPointerCapture(pointerId);

    const ended = new AbortController();
    const on = { signal: ended.signal };
    const mine = (handle: (event: PointerEvent) => void) => (event: PointerEvent) => {
      if (event.pointerId === pointerId) handle(event);
    };
    this.#end = () => {
      ended.abort();
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#end = null;
      this.#gesture.cancel();
      this.preview = null;
      this.moving = NOBODY;
      if (element.hasPointerCapture(pointerId)) element.releasePointerCapture(pointerId);
    };
    const cancel = () => this.#end?.();
    const move = (event: PointerEvent) => this.#see(event);
    const release = (event: PointerEvent) => {
      this.#see(event);
      const outcome = this.#gesture.release(this.#at, this.#isFree);
      // The draft shows the outcome before the preview of it goes, so nothing flickers.
      this.#session.fields.finish(outcome, event.shiftKey);
      cancel();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    };
    element.addEventListener("pointermove", mine(move), on);
    element.addEventListener("pointerup", mine(release), on);
    element.addEventListener("pointercancel", mine(cancel), on);
    element.addEventListener("lostpointercapture", mine(cancel), on);
    window.addEventListener("keydown", escape, { ...on, capture: true });
    // Words that happen to be selected would be dragged instead, and no pointer event would come.
    const refuse = (event: Event) => event.preventDefault();
    window.addEventListener("selectstart", refuse, on);
    window.addEventListener("dragstart", refuse, on);
    // The pages may move under a pointer at rest.
    window.addEventListener("scroll", () => this.#wake(), { ...on, capture: true });
    this.#wake();
  }

  #see(event: PointerEvent): void {
    this.#at = { x: event.clientX, y: event.clientY };
    this.#isFree = event.altKey;
    this.#wake();
  }

  /** A pointer at rest over pages at rest costs nothing. */
  #wake(): void {
    this.#frame ||= requestAnimationFrame(() => this.#step());
  }

  #step(): void {
    this.#frame = 0;
    if (!this.#gesture.isActive) return;
    this.#gesture.to(this.#at, this.#isFree);
    if (this.#gesture.isDragging && this.#session.viewport.scrollAtEdge(this.#at)) {
      this.#gesture.to(this.#at, this.#isFree);
      this.#wake();
    }
    this.preview = this.#gesture.preview;
    this.moving = this.#gesture.moving;
  }
}

function isPress(event: PointerEvent): boolean {
  return event.isPrimary && event.button === 0;
}
