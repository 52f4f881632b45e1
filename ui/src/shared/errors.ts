/** What is said about each failure. A code without a sentence does not compile. */
import type {
  FileProblem,
  IpcError,
  KeychainTrouble,
  RefusedFile,
  Trouble,
} from "../host/bindings";
import { m } from "../messages";
import { bytes, time } from "./format";

/** What the person can do about it, where the window offers a button. */
export type Remedy = "retry" | "settings" | "keep_for_this_run";

type Of<C extends IpcError["code"]> = Extract<IpcError, { code: C }>;
type Presentation<P> = { sentence: (problem: P) => string; remedy?: Remedy };

const keychain = {
  absent: m.error_keychain_absent,
  locked: m.error_keychain_locked,
  silent: m.error_keychain_silent,
} satisfies Record<KeychainTrouble, () => string>;

const errors = {
  key_rejected: { sentence: m.error_key_rejected },
  key_forbidden: { sentence: m.error_key_forbidden },
  key_of_another: { sentence: m.error_key_of_another },
  account_in_use: { sentence: m.error_account_in_use },
  key_missing: { sentence: m.error_key_missing, remedy: "settings" },
  keychain_unavailable: {
    sentence: ({ reason }) => keychain[reason](),
    remedy: "keep_for_this_run",
  },
  offline: { sentence: m.error_offline, remedy: "retry" },
  provider_busy: { sentence: ({ until }) => m.error_provider_busy({ time: time(until) }) },
  provider_trouble: { sentence: m.error_provider_trouble, remedy: "retry" },
  provider_refused: { sentence: m.error_provider_refused },
  provider_unexpected: { sentence: m.error_provider_unexpected, remedy: "retry" },
  draft_changed: { sentence: m.error_draft_changed },
  draft_locked: { sentence: m.error_draft_locked },
  draft_not_ready: { sentence: m.error_draft_not_ready },
  document_not_straightened: { sentence: m.error_document_not_straightened },
  too_late_to_undo: { sentence: m.error_too_late_to_undo },
  reminded_just_now: { sentence: m.error_reminded_just_now },
  not_found: { sentence: m.error_not_found },
  file_unreadable: { sentence: m.error_file_unreadable },
  folder_unwritable: { sentence: m.error_folder_unwritable, remedy: "settings" },
  disk_full: { sentence: m.error_disk_full, remedy: "retry" },
  in_use: { sentence: m.error_in_use },
  pdf_worker_unavailable: { sentence: m.error_pdf_worker_unavailable, remedy: "retry" },
  internal: { sentence: m.error_internal, remedy: "retry" },
} satisfies { [C in IpcError["code"]]: Presentation<Of<C>> };

function presentation<C extends IpcError["code"]>(problem: Of<C>): Presentation<Of<C>> {
  // The table pairs each code with its own kind of problem, which the compiler cannot follow.
  return errors[problem.code as C] as unknown as Presentation<Of<C>>;
}

export const errorSentence = (problem: IpcError) => presentation(problem).sentence(problem);
export const errorRemedy = (problem: IpcError) => presentation(problem).remedy ?? null;
export const keychainSentence = (trouble: KeychainTrouble) => keychain[trouble]();

export function troubleSentence(trouble: Trouble): string {
  switch (trouble.trouble) {
    case "offline":
      return m.trouble_offline();
    case "key_rejected":
      return m.trouble_key_rejected();
    case "key_forbidden":
      return m.trouble_key_forbidden();
    case "key_missing":
      return m.trouble_key_missing();
    case "keychain_unavailable":
      return keychain[trouble.reason]();
    case "account_removed":
      return m.trouble_account_removed();
    case "provider_busy":
      return m.trouble_provider_busy({ time: time(trouble.until) });
    case "provider_trouble":
      return m.trouble_provider_trouble(trouble);
    case "provider_refused":
      return m.trouble_provider_refused(trouble);
    case "provider_unexpected":
      return m.trouble_provider_unexpected(trouble);
    case "gone":
      return m.trouble_gone();
    case "file_missing":
      return m.trouble_file_missing();
    case "folder_unwritable":
      return m.trouble_folder_unwritable(trouble);
    case "mismatch":
      return m.trouble_mismatch();
    case "bad_download":
      return m.trouble_bad_download();
    case "internal":
      return m.trouble_internal();
  }
}

const files = {
  not_pdf: m.file_not_pdf,
  empty: m.file_empty,
  no_pages: m.file_no_pages,
  damaged: m.file_damaged,
  unsupported_security: m.file_unsupported_security,
  protected: m.file_protected,
  signed_and_encrypted: m.file_signed_and_encrypted,
  dynamic_form: m.file_dynamic_form,
  changing: m.file_changing,
  missing: m.file_missing,
  not_a_file: m.file_not_a_file,
  unreadable: m.file_unreadable,
  unrenderable: m.file_unrenderable,
} satisfies Record<Exclude<FileProblem["reason"], "too_large">, () => string>;

export function refusedSentence({ reason }: RefusedFile): string {
  return reason.reason === "too_large"
    ? m.file_too_large({ limit: bytes(reason.limit) })
    : files[reason.reason]();
}
