/** What the window asks for. Each is a rune-backed query: read it inside a component. */
import { createQuery } from "@tanstack/svelte-query";
import type { DraftId, ProcedureId, SendingId } from "../host/bindings";
import { host } from "../host/host";
import { keys } from "./keys";

export const useAppState = () =>
  createQuery(() => ({ queryKey: keys.appState(), queryFn: () => host.getAppState({}) }));

export const useDrafts = () =>
  createQuery(() => ({ queryKey: keys.drafts(), queryFn: () => host.listDrafts({}) }));

export const useDraft = (draft: () => DraftId) =>
  createQuery(() => ({
    queryKey: keys.draft(draft()),
    queryFn: () => host.getDraft({ draft: draft() }),
  }));

export const useReview = (draft: () => DraftId) =>
  createQuery(() => ({
    queryKey: keys.review(draft()),
    queryFn: () => host.reviewDraft({ draft: draft() }),
    // What is about to be sent is read anew each time it is looked at, and never shown as it was.
    refetchOnMount: "always" as const,
    gcTime: 0,
  }));

/** What the words on the pages say, apart from the review: reading them may take a while. */
export const useWordChecks = (draft: () => DraftId) =>
  createQuery(() => ({
    queryKey: keys.wordChecks(draft()),
    queryFn: () => host.checkWords({ draft: draft() }),
    refetchOnMount: "always" as const,
    gcTime: 0,
  }));

export const useSendings = () =>
  createQuery(() => ({ queryKey: keys.sendings(), queryFn: () => host.listSendings({}) }));

export const useSending = (sending: () => SendingId) =>
  createQuery(() => ({
    queryKey: keys.sending(sending()),
    queryFn: () => host.getSending({ sending: sending() }),
  }));

export const useProcedure = (procedure: () => ProcedureId) =>
  createQuery(() => ({
    queryKey: keys.procedure(procedure()),
    queryFn: () => host.getProcedure({ procedure: procedure() }),
  }));
