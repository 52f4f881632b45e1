/** Which pictures the window keeps. Decoded, they are the largest thing that it holds. */

/** Bytes of decoded pictures of pages that are kept; what is seen is kept beyond that. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** Thumbnails that are kept. */
export const MOST_THUMBNAILS = 64;

export type Kept = {
  key: string;
  /** What it counts against the limit: bytes, or one of so many. */
  cost: number;
  /** How far from what is looked at. */
  distance: number;
  needed: boolean;
};

/** The keys of those to let go, the farthest first, until the rest is within `most`. */
export function toLetGo(kept: readonly Kept[], most: number): string[] {
  let cost = kept.reduce((sum, each) => sum + each.cost, 0);
  if (cost <= most) return [];
  const gone: string[] = [];
  const spare = kept.filter(({ needed }) => !needed).sort((a, b) => b.distance - a.distance);
  for (const each of spare) {
    if (cost <= most) break;
    cost -= each.cost;
    gone.push(each.key);
  }
  return gone;
}
