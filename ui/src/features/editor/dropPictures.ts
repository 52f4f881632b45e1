/** Tells the host which pictures nobody waits for any more, so that it stops drawing them. */
import { host } from "../../host/host";

type DropPictures = (request: { addresses: string[] }) => Promise<null>;

/** What the host draws nevertheless is thrown away: that it was not told is no trouble. */
export function dropPictures(addresses: string[]): void {
  const { dropPictures: drop } = host as typeof host & { dropPictures: DropPictures };
  drop({ addresses }).catch(() => undefined);
}
