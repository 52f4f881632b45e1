/** The events. */
import { events } from "./bindings";
import type { DataChanged, FilesDropped, FilesOver, Navigate } from "./bindings";

export type Listeners = {
  dataChanged: (event: DataChanged) => void;
  filesDropped: (event: FilesDropped) => void;
  filesOver: (event: FilesOver) => void;
  navigate: (event: Navigate) => void;
};

/** Resolves once every listener stands, so that nothing asked for afterwards can go stale unseen. */
export async function listen(listeners: Listeners): Promise<() => void> {
  const stop = await Promise.all([
    events.dataChanged.listen((event) => listeners.dataChanged(event.payload)),
    events.filesDropped.listen((event) => listeners.filesDropped(event.payload)),
    events.filesOver.listen((event) => listeners.filesOver(event.payload)),
    events.navigate.listen((event) => listeners.navigate(event.payload)),
  ]);
  return () => stop.forEach((each) => each());
}
