/** Asking the providers now. The command only orders it: that they answered shows in the list. */
import type { QueryClient } from "@tanstack/svelte-query";
import type { ProcedureList } from "../host/bindings";
import { host } from "../host/host";
import { keys } from "./keys";

/** What answers later than this is not waited for; it is shown all the same. */
const patience = 20_000;

/** Resolves when the list that comes in is newer than the one on screen, or says why it is not. */
export async function refresh(client: QueryClient, asOf: string | null): Promise<void> {
  const [list] = keys.procedures();
  let stop = () => {};
  const answered = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patience);
    const unsubscribe = client.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.query.queryKey[0] !== list) return;
      const { type } = event.action;
      const { data } = event.query.state as { data: ProcedureList | undefined };
      const isNew = data !== undefined && (data.asOf !== asOf || data.trouble !== null);
      if (type === "error" || (type === "success" && isNew)) resolve();
    });
    stop = () => {
      clearTimeout(timer);
      unsubscribe();
    };
  });
  try {
    await host.refresh({});
    await answered;
  } finally {
    stop();
  }
}
