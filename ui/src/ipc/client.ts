import { QueryClient } from "@tanstack/svelte-query";
import type { DataChanged } from "../host/bindings";
import { staleKeys } from "./keys";

/** What is shown stays fresh by events alone: no polling, no retries, no guesses about the network. */
export function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 10 * 60_000,
        retry: false,
        networkMode: "always",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        refetchOnMount: (query) => query.state.isInvalidated || query.state.status === "error",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function applyChange(client: QueryClient, { tags }: DataChanged): void {
  for (const tag of tags) {
    for (const queryKey of staleKeys(tag)) void client.invalidateQueries({ queryKey });
  }
}
