/** What is cached under which name, and what each `Tag` makes stale. Nothing else decides it. */
import type { QueryKey } from "@tanstack/svelte-query";
import type { DraftId, ListProcedures, ProcedureId, SendingId, Tag } from "../host/bindings";

export const keys = {
  appState: () => ["app_state"] as const,
  drafts: () => ["drafts"] as const,
  eachDraft: () => ["draft"] as const,
  draft: (id: DraftId) => ["draft", id] as const,
  review: (id: DraftId) => ["review", id] as const,
  wordChecks: (id: DraftId) => ["word_checks", id] as const,
  allReviews: () => ["review"] as const,
  sendings: () => ["sendings"] as const,
  sending: (id: SendingId) => ["sendings", id] as const,
  procedures: () => ["procedures"] as const,
  procedureList: (asked: ListProcedures) => ["procedures", asked] as const,
  procedure: (id: ProcedureId) => ["procedure", id] as const,
  eachProcedure: () => ["procedure"] as const,
};

export function staleKeys(tag: Tag): QueryKey[] {
  switch (tag.tag) {
    case "app_state":
      // A draft and its review name the account and what it offers; the review the undo time too.
      return [keys.appState(), keys.eachDraft(), keys.allReviews()];
    case "drafts":
      return [keys.drafts()];
    case "draft":
      return [keys.draft(tag.id), keys.review(tag.id), keys.wordChecks(tag.id)];
    case "sendings":
      return [keys.sendings()];
    case "procedures":
      // An account was asked: every request of it is known as of now, or that there is trouble.
      return [keys.procedures(), keys.eachProcedure()];
    case "procedure":
      return [keys.procedure(tag.id)];
  }
}
