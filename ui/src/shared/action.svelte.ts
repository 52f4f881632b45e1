/** One thing a person does: whether it is under way, and what went wrong with it. */
import type { IpcError } from "../host/bindings";
import { problemOf } from "../host/host";
import { errorSentence } from "./errors";
import { toasts } from "./toasts.svelte";

export class Action {
  busy = $state(false);
  problem = $state.raw<IpcError | null>(null);

  /** Runs it unless it already runs. The failure stays in `problem`, for who shows it in place. */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.busy = false;
    }
  }
}

/** For what has no place of its own to say that it failed. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    toasts.show(errorSentence(problemOf(error)), { tone: "danger" });
  }
}
