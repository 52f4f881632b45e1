/** Files that are dropped on the window become documents. */
import type { QueryClient } from "@tanstack/svelte-query";
import type { DraftId, FilesDropped, Imported, LockedFile, RefusedFile } from "../host/bindings";
import { host, problemOf } from "../host/host";
import { keys } from "../ipc/keys";
import { errorSentence } from "./errors";
import { router } from "./router.svelte";
import { toasts } from "./toasts.svelte";

/** A file that waits for a password. */
export type Waiting = {
  file: LockedFile;
  /** Where it goes: shared by the files of one drop, so that together they make one draft. */
  into: { draft: DraftId | null };
};

class Intake {
  /** Files hang over the window. */
  over = $state(false);
  /** How many times over they are being copied. */
  imports = $state(0);
  /** They are being copied. */
  importing = $derived(this.imports > 0);
  /** The system's dialog for choosing files is open. */
  choosing = $state(false);
  /** More files may not be chosen now. */
  busy = $derived(this.importing || this.choosing);
  /** It takes so long that somebody may want to stop it. */
  slow = $state(false);
  /** What was not taken, until it has been read. */
  refused = $state.raw<RefusedFile[]>([]);
  /** One is asked for after the other. */
  waiting = $state.raw<Waiting[]>([]);
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
  await take(ask, draft, event.names.length, client);
}

/** Asks for files with the system's dialog; a null draft makes a new one. */
export async function pickDocuments(draft: string | null, client: QueryClient): Promise<void> {
  if (intake.busy) return;
  // The dialog may be open for as long as somebody likes: nothing is being copied yet.
  intake.choosing = true;
  const chosen = await host
    .chooseDocuments({})
    .catch((error: unknown) => {
      toasts.show(errorSentence(problemOf(error)), { tone: "danger" });
      return null;
    })
    .finally(() => (intake.choosing = false));
  if (!chosen) return;
  const { drop, count } = chosen;
  await take(() => host.importDropped({ drop, draft }), draft, count, client);
}

async function take(
  ask: () => Promise<Imported>,
  draft: DraftId | null,
  offered: number,
  client: QueryClient,
): Promise<void> {
  intake.imports += 1;
  const patience = setTimeout(() => (intake.slow = true), 1000);
  try {
    show(await ask(), { draft }, offered, client);
  } catch (error) {
    toasts.show(errorSentence(problemOf(error)), { tone: "danger" });
  } finally {
    clearTimeout(patience);
    intake.imports -= 1;
    if (!intake.importing) intake.slow = false;
  }
}

/** Whether the password opened the file. The file then waits no longer, or for its owner's. */
export async function unlock(
  waiting: Waiting,
  password: string,
  client: QueryClient,
): Promise<boolean> {
  const { file, into } = waiting;
  const answer = await host.unlockDocument({ file: file.id, draft: into.draft, password });
  if (answer.outcome === "wrong_password") return false;
  if (answer.outcome === "not_the_owners") {
    const owned = { file: { ...file, lock: answer.lock }, into };
    intake.waiting = intake.waiting.map((each) => (each === waiting ? owned : each));
    return true;
  }
  leaveOut(waiting);
  show(answer.imported, into, 1, client);
  return true;
}

/** Does without the file. */
export function leaveOut(waiting: Waiting): void {
  intake.waiting = intake.waiting.filter((each) => each !== waiting);
}

function show(
  { draft, refused, locked }: Imported,
  into: Waiting["into"],
  offered: number,
  client: QueryClient,
): void {
  into.draft = draft?.draft.id ?? into.draft;
  intake.waiting = [...intake.waiting, ...locked.map((file) => ({ file, into }))];
  // Files that were handed over meanwhile may have been refused too.
  intake.refused = [...intake.refused, ...refused];
  intake.someTaken = draft !== null && offered > refused.length + locked.length;
  if (!draft) return;
  const id = draft.draft.id;
  client.setQueryData(keys.draft(id), draft);
  const route = router.route;
  if (route.name !== "editor" || route.draft !== id) router.go({ name: "editor", draft: id });
}
