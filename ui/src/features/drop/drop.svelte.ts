/** Files that are dropped on the window become documents. */
import type { QueryClient } from "@tanstack/svelte-query";
import type { FilesDropped, Imported, RefusedFile } from "../../host/bindings";
import { host, problemOf } from "../../host/host";
import { keys } from "../../ipc/keys";
import { errorSentence } from "../../shared/errors";
import { router } from "../../shared/router.svelte";
import { toasts } from "../../shared/toasts.svelte";

class Drop {
  /** Files hang over the window. */
  over = $state(false);
  /** They are being copied. */
  importing = $state(false);
  /** What was not taken, until it has been read. */
  refused = $state.raw<RefusedFile[]>([]);
}

export const drop = new Drop();

export function filesOver(over: boolean): void {
  drop.over = over;
}

export async function filesDropped(event: FilesDropped, client: QueryClient): Promise<void> {
  drop.over = false;
  const route = router.route;
  const draft = route.name === "editor" ? route.draft : null;
  await take(() => host.importDropped({ drop: event.drop, draft }), client);
}

/** Asks for files with the system's dialog; a null draft makes a new one. */
export async function pickDocuments(draft: string | null, client: QueryClient): Promise<void> {
  await take(() => host.pickDocuments({ draft }), client);
}

async function take(ask: () => Promise<Imported>, client: QueryClient): Promise<void> {
  drop.importing = true;
  try {
    show(await ask(), client);
  } catch (error) {
    toasts.show(errorSentence(problemOf(error)), { tone: "danger" });
  } finally {
    drop.importing = false;
  }
}

function show({ draft, refused }: Imported, client: QueryClient): void {
  drop.refused = refused;
  if (!draft) return;
  const id = draft.draft.id;
  client.setQueryData(keys.draft(id), draft);
  const route = router.route;
  if (route.name !== "editor" || route.draft !== id) router.go({ name: "editor", draft: id });
}
