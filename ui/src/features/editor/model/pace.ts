/**
 * Whether the view stands still enough for pictures to be asked for. Pages flown past and the
 * widths that a zoom gesture passes through are never drawn.
 */

/** Movements further apart than this, in milliseconds, are not one movement. */
const TOGETHER = 100;
/** A view that is replaced faster than this, in milliseconds, flies. */
const FASTEST_SCREEN = 150;
/** So long after the last movement, in milliseconds, the view stands still. */
export const REST = 50;

export class Pace {
  #top = 0;
  #scale = 0;
  #movedAt = -Infinity;
  #zoomedAt = -Infinity;
  #isCalm = true;
  /** Where it moved last. */
  direction: 1 | -1 = 1;

  /**
   * Tells of a view: at what time (milliseconds), how far it is scrolled down and how high it is
   * (CSS pixels), and its scale (any unit). True if it is calm: a single jump or step of zoom is.
   */
  isCalm(at: number, top: number, height: number, scale: number): boolean {
    const by = top - this.#top;
    this.#top = top;
    if (scale !== this.#scale) {
      // A zoom scrolls too, to keep its place, and once more when the webview rounds that: that is
      // no movement of its own.
      this.#isCalm = at - this.#zoomedAt > TOGETHER;
      this.#zoomedAt = at;
      this.#scale = scale;
    } else if (by !== 0 && at - this.#zoomedAt >= REST) {
      const since = at - this.#movedAt;
      this.#isCalm = since > TOGETHER || Math.abs(by) * FASTEST_SCREEN <= height * since;
      this.#movedAt = at;
      this.direction = by > 0 ? 1 : -1;
    } else if (at - Math.max(this.#movedAt, this.#zoomedAt) >= REST) {
      this.#isCalm = true;
    }
    return this.#isCalm;
  }
}
