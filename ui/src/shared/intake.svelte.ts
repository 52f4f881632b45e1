/** Files that are dropped on the window become documents. */
import type { QueryClient } from "@tanstack/svelte-query";
import type {
  DocumentId,
  DraftId,
  FilesDropped,
  Imported,
  LockedFile,
  PlacedField,
  RefusedFile,
} from "../host/bindings";
import { host, problemOf } from "../host/host";
import { keys } from "../ipc/keys";
import { m } from "../messages";
import { errorSentence } from "./errors";
import { router } from "./router.svelte";
import { toasts } from "./toasts.svelte";

/** Where files go: a null draft is a new one; the first may be a document's new version. */
export type Destination = { draft: DraftId | null; replaces: DocumentId | null };

/** A file that waits for a password. */
export type Waiting = {
  file: LockedFile;
  /** Shared by the files of one drop, so that together they make one draft. */
  into: Destination;
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
  /** The fields of the document that was replaced last, until it is read; null: gone. */
  kept = $state.raw<(PlacedField | null)[]>([]);
}

export const intake = new Intake();

export function filesOver(over: boolean): void {
  intake.over = over;
}

export async function filesDropped(event: FilesDropped, client: QueryClient): Promise<void> {
  intake.over = false;
  const route = router.route;
  const draft = route.name === "editor" && !event.apart ? route.draft : null;
  await take(event.drop, { draft, replaces: null }, event.names.length, client);
}

/** Asks for files with the system's dialog. */
export async function pickDocuments(into: Destination, client: QueryClient): Promise<void> {
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
  await take(drop, into, count, client);
}

async function take(
  drop: string,
  into: Destination,
  offered: number,
  client: QueryClient,
): Promise<void> {
  intake.imports += 1;
  const patience = setTimeout(() => (intake.slow = true), 1000);
  try {
    show(await host.importDropped({ drop, ...into }), { ...into }, offered, client);
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
  const answer = await host.unlockDocument({ file: file.id, ...into, password });
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
  { draft, refused, locked, kept }: Imported,
  into: Destination,
  offered: number,
  client: QueryClient,
): void {
  into.draft = draft?.draft.id ?? into.draft;
  intake.waiting = [...intake.waiting, ...locked.map((file) => ({ file, into }))];
  // Files that were handed over meanwhile may have been refused too.
  intake.refused = [...intake.refused, ...refused];
  intake.someTaken = draft !== null && offered > refused.length + locked.length;
  if (!draft) return;
  if (into.replaces) tellKept(kept);
  const id = draft.draft.id;
  client.setQueryData(keys.draft(id), draft);
  const route = router.route;
  if (route.name !== "editor" || route.draft !== id) router.go({ name: "editor", draft: id });
}

/** Says at once what is as it was; the rest asks to be looked at. */
function tellKept(kept: (PlacedField | null)[]): void {
  const isAsBefore = (field: PlacedField | null) => field?.by === "words" && !field.hasMoved;
  if (kept.length === 0) toasts.show(m.editor_kept_title());
  else if (kept.every(isAsBefore)) toasts.show(m.editor_replaced());
  else intake.kept = kept;
}
