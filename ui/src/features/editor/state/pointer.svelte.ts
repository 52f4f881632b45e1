/**
 * Leads a pointer's events into a gesture: captured, one step a frame, and always brought to an
 * end, whether by release, by Esc, or by the system taking the pointer away.
 */
import type { Field } from "../../../host/bindings";
import { type FieldType, leastSize } from "../model/edits";
import type { Handle, Point } from "../model/geometry";
import { PointerGesture, type Preview } from "../model/gesture";
import type { EditorSession } from "./session.svelte";

export class Pointer {
  preview = $state.raw<Preview | null>(null);
  #session: EditorSession;
  #gesture: PointerGesture;
  #at: Point = { x: 0, y: 0 };
  #frame = 0;
  #end: (() => void) | null = null;

  constructor(session: EditorSession) {
    this.#session = session;
    this.#gesture = new PointerGesture(session.viewport.surface);
  }

  get isActive(): boolean {
    return this.#gesture.isActive;
  }

  /** In the palette: drag a field of this type out, or arm it with a click. */
  carry(event: PointerEvent, type: FieldType): void {
    const stamp = this.#session.stampOf(type);
    if (stamp && isPress(event)) this.#start(event, (at) => this.#gesture.carry(stamp, at));
  }

  /** On a page, while a tool is armed. */
  draw(event: PointerEvent): void {
    const stamp = this.#session.armedStamp;
    if (stamp && isPress(event)) this.#start(event, (at) => this.#gesture.draw(stamp, at));
  }

  move(event: PointerEvent, field: Field): void {
    if (!isPress(event)) return;
    this.#session.commitNudge();
    this.#session.selected = field.id;
    if (this.#session.isLocked) return;
    const current = this.#session.field ?? field;
    this.#start(event, (at) => this.#gesture.move(current, at));
  }

  resize(event: PointerEvent, field: Field, handle: Handle): void {
    if (!isPress(event) || this.#session.isLocked) return;
    this.#session.commitNudge();
    const current = this.#session.field ?? field;
    const least = leastSize(current.kind.type, this.#session.capabilities);
    this.#start(event, (at) => this.#gesture.resize(current, handle, at, least));
  }

  #start(event: PointerEvent, begin: (at: Point) => void): void {
    this.#end?.();
    this.#at = { x: event.clientX, y: event.clientY };
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
      this.#end = null;
      this.#gesture.cancel();
      this.preview = null;
      if (element.hasPointerCapture(pointerId)) element.releasePointerCapture(pointerId);
    };
    const cancel = () => this.#end?.();
    const move = (event: PointerEvent) => {
      this.#at = { x: event.clientX, y: event.clientY };
    };
    const release = (event: PointerEvent) => {
      const outcome = this.#gesture.release({ x: event.clientX, y: event.clientY });
      // The draft shows the outcome before the preview of it goes, so nothing flickers.
      this.#session.finish(outcome);
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
    this.#frame = requestAnimationFrame(() => this.#step());
  }

  #step(): void {
    if (!this.#gesture.isActive) return;
    this.#gesture.to(this.#at);
    if (this.#gesture.isDragging && this.#session.viewport.scrollAtEdge(this.#at)) {
      this.#gesture.to(this.#at);
    }
    this.preview = this.#gesture.preview;
    this.#frame = requestAnimationFrame(() => this.#step());
  }
}

function isPress(event: PointerEvent): boolean {
  return event.isPrimary && event.button === 0;
}
