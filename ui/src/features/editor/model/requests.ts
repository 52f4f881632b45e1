/**
 * Which requests are under way. The host draws two pages at a time and the window decodes few: more
 * at once would only mean that what comes into view waits behind what has left it.
 */

/** Requests at once. */
export const MOST_IN_FLIGHT = 5;
/** So many of them for what nobody sees yet: places stay free for what comes into view. */
export const MOST_UNSEEN = 3;
/** So many for parts of one picture: beside a slow page another is still drawn. */
export const MOST_OF_ONE = 4;

type Wish = { key: string; source: string; seen: boolean };

export class Requests<T extends Wish> {
  readonly #flights = new Map<string, T>();

  /**
   * `wanted` is all that is still missing, the most urgent first, those under way included. What
   * is no longer wanted has to be stopped; what has not been started is forgotten with that.
   * Unless it `mayStart`, only what is under way goes on.
   */
  follow(wanted: readonly T[], mayStart: boolean): { start: T[]; stop: T[] } {
    const wishes = new Map(wanted.map((wish) => [wish.key, wish]));
    const stop = [...this.#flights.values()].filter(({ key }) => !wishes.has(key));
    for (const { key } of stop) this.#flights.delete(key);
    let unseen = 0;
    for (const key of this.#flights.keys()) if (!wishes.get(key)?.seen) unseen += 1;
    const ofOne = new Map<string, number>();
    const countIn = (source: string) => {
      ofOne.set(source, (ofOne.get(source) ?? 0) + 1);
    };
    for (const { source } of this.#flights.values()) countIn(source);
    const start: T[] = [];
    for (const wish of mayStart ? wanted : []) {
      if (this.#flights.size >= MOST_IN_FLIGHT) break;
      if (this.#flights.has(wish.key)) continue;
      if ((ofOne.get(wish.source) ?? 0) >= MOST_OF_ONE) continue;
      if (!wish.seen) {
        if (unseen >= MOST_UNSEEN) continue;
        unseen += 1;
      }
      this.#flights.set(wish.key, wish);
      countIn(wish.source);
      start.push(wish);
    }
    return { start, stop };
  }

  end(key: string): void {
    this.#flights.delete(key);
  }

  underWay(): T[] {
    return [...this.#flights.values()];
  }
}
