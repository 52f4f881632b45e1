/** A long list of requests, read page by page as it comes into view. */
import { createQueries, keepPreviousData } from "@tanstack/svelte-query";
import type { ListProcedures, ProcedureList, ProcedureRow } from "../host/bindings";
import { host } from "../host/host";
import { keys } from "./keys";

export const pageLength = 100;

export type AskedList = Omit<ListProcedures, "offset" | "limit">;

/** The first page is always among them: it carries the counts. */
export function useProcedurePages(asked: () => AskedList, pages: () => number[]) {
  return createQueries(() => ({
    queries: pages().map((page) => {
      const request = { ...asked(), offset: page * pageLength, limit: pageLength };
      return {
        queryKey: keys.procedureList(request),
        queryFn: () => host.listProcedures(request),
        placeholderData: keepPreviousData,
      };
    }),
  }));
}

/** The rows that have arrived, by their place in the whole list. */
export function rowsByPlace(
  pages: number[],
  answers: (ProcedureList | undefined)[],
): Map<number, ProcedureRow> {
  const rows = new Map<number, ProcedureRow>();
  pages.forEach((page, at) =>
    answers[at]?.rows.forEach((row, index) => rows.set(page * pageLength + index, row)),
  );
  return rows;
}
