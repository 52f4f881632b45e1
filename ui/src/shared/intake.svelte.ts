/** Files that are dropped on the window become documents. */
import type { QueryClient } from "@tanstack/svelte-query";
import type { FilesDropped, Imported, RefusedFile } from "../host/bindings";
import { host, problemOf } from "../host/host";
import { keys } from "../ipc/keys";
import { errorSentence } from "./errors";
import { router } from "./router.svelte";
import { toasts } from "./toasts.svelte";

class Intake {
  /** Files hang over the window. */
  over = $state(false);
  /** They are being copied. */
  importing = $state(false);
  /** What was not taken, until it has been read. */
  refused = $state.raw<RefusedFile[]>([]);
  /** Others of the same drop were taken. */
  someTaken = $state(false);
}

export const intake = new Intake();

export function filesOver(over: boolean): void {
  intake.over = over;
}

export async function filesDropped(event: FilesDropped, client: QueryClient): Promise<void> {
  intake.over = false;
  const route = router.route;
  const draft = route.name === "editor" && !event.apart ? route.draft : null;
  const ask = () => host.importDropped({ drop: event.drop, draft });
  await take(ask, event.names.length, client);
}

/** Asks for files with the system's dialog; a null draft makes a new one. */
export async function pickDocuments(draft: string | null, client: QueryClient): Promise<void> {
  // How many were chosen is not told; only a new draft shows that some of them were taken.
  const offered = draft === null ? Infinity : 0;
  if (intake.importing) return;
  await take(() => host.pickDocuments({ draft }), offered, client);
}

async function take(
  ask: () => Promise<Imported>,
  offered: number,
  client: QueryClient,
): Promise<void> {
  intake.importing = true;
  try {
    show(await ask(), offered, client);
  } catch (error) {
    toasts.show(errorSentence(problemOf(error)), { tone: "danger" });
  } finally {
    intake.importing = false;
  }
}

function show({ draft, refused }: Imported, offered: number, client: QueryClient): void {
  // Files that were handed over meanwhile may have been refused too.
  intake.refused = [...intake.refused, ...refused];
  intake.someTaken = draft !== null && offered > refused.length;
  if (!draft) return;
  const id = draft.draft.id;
  client.setQueryData(keys.draft(id), draft);
  const route = router.route;
  if (route.name !== "editor" || route.draft !== id) router.go({ name: "editor", draft: id });
}
