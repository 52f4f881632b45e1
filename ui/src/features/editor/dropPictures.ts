/** Tells the host which pictures nobody waits for any more, so that it stops drawing them. */
import { host } from "../../host/host";

/** What the host draws nevertheless is thrown away: that it was not told is no trouble. */
export function dropPictures(addresses: string[]): void {
  host.dropPictures({ addresses }).catch(() => undefined);
}
