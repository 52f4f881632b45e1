/** A made-up host that remembers: what was asked, what it holds, and what it is told to refuse. */
import type {
  AccountView,
  AppState,
  ChosenFiles,
  commands as real,
  Delivery,
  DraftRow,
  Imported,
  IpcError,
  KeychainTrouble,
  ProcedureRow,
  ReminderOutcome,
  SendingView,
  Tag,
  Unlocked,
} from "../../src/host/bindings";
import { keyless, practice, production, staging } from "./accounts";
import { draftView, review, rows } from "./drafts";
import { detail, manyRows } from "./procedures";
import { sending } from "./sendings";

export type Commands = typeof real;
type Data<F> = F extends (request: never) => Promise<infer R>
  ? R extends { status: "ok"; data: infer T }
    ? T
    : never
  : never;
type Bodies = {
  [K in keyof Commands]: (request: Parameters<Commands[K]>[0]) => Data<Commands[K]>;
};

export type Scenario = {
  language?: "english" | "french";
  theme?: "light" | "dark" | "system";
  accounts?: "none" | "practice" | "test" | "live" | "all" | "keyless";
  drafts?: "none" | "some";
  procedures?: number;
  delivery?: Delivery;
  incomplete?: boolean;
  offerLogin?: boolean;
  anotherRuns?: boolean;
  /** What becomes of files that are dropped or chosen. */
  imported?: Imported;
};

class Refusal extends Error {
  constructor(readonly problem: IpcError) {
    super(problem.code);
  }
}

const sets: Record<NonNullable<Scenario["accounts"]>, AccountView[]> = {
  none: [],
  practice: [practice],
  test: [staging, practice],
  live: [production, staging, practice],
  all: [production, staging, practice],
  keyless: [keyless, practice],
};

export class World {
  app: AppState;
  drafts: DraftRow[];
  deleted: DraftRow[] = [];
  procedures: ProcedureRow[];
  sending: SendingView | null;
  calls: { command: keyof Commands; request: unknown }[] = [];
  refusals = new Map<keyof Commands, IpcError>();
  imported: Imported;
  /** What is chosen in the system's dialog, which is open until `dialog` is so. */
  chosen: ChosenFiles | null = null;
  dialog: Promise<void> = Promise.resolve();
  /** Files are being copied until this is so. */
  copied: Promise<void> = Promise.resolve();
  unlocked: Unlocked = { outcome: "wrong_password" };
  reminded: ReminderOutcome[] | null = null;
  /** Which events somebody listens to, and which ones when the first question came. */
  listening: () => string[] = () => [];
  listeningAtFirst: string[] | null = null;
  changed: (tags: Tag[]) => void = () => undefined;
  private incomplete: boolean;

  constructor(scenario: Scenario = {}) {
    const accounts = sets[scenario.accounts ?? "test"];
    this.drafts = scenario.drafts === "none" ? [] : rows;
    this.procedures = manyRows(scenario.procedures ?? 7);
    this.incomplete = scenario.incomplete ?? false;
    this.imported = scenario.imported ?? { draft: null, refused: [], locked: [], kept: [] };
    const first = accounts[0] ?? null;
    this.sending = scenario.delivery && first ? sending(first, scenario.delivery) : null;
    this.app = {
      version: "0.1.0",
      accounts,
      settings: {
        language: scenario.language ?? "english",
        theme: scenario.theme ?? "light",
        undoSeconds: 15,
        defaultAccount: first?.id ?? null,
        archiveFolder: "/home/marie/Documents/Paraph",
        notificationsPaused: false,
        refusalReasonInNotices: false,
        startAtLogin: false,
        senderName: "Marie Lefèvre",
        unit: "millimetres",
      },
      drafts: this.drafts.length,
      openProcedures: this.open().length,
      tray: true,
      offerStartAtLogin: scenario.offerLogin ?? false,
      anotherRuns: scenario.anotherRuns ?? false,
    };
  }

  asked<K extends keyof Commands>(command: K): Parameters<Commands[K]>[0][] {
    return this.calls
      .filter((call) => call.command === command)
      .map((call) => call.request as Parameters<Commands[K]>[0]);
  }

  /** Why the keychain keeps nothing, if so. */
  keychain: KeychainTrouble | null = null;

  private open(): ProcedureRow[] {
    return this.procedures.filter(({ status }) => status.status === "in_progress");
  }

  private account(): AccountView | null {
    return this.app.accounts.find(({ id }) => id === this.app.settings.defaultAccount) ?? null;
  }

  private add(account: AccountView): AccountView {
    this.app = {
      ...this.app,
      accounts: [...this.app.accounts, account],
      settings: {
        ...this.app.settings,
        defaultAccount: this.app.settings.defaultAccount ?? account.id,
      },
    };
    this.changed([{ tag: "app_state" }]);
    return account;
  }

  private change(id: string, patch: Partial<AccountView>): AccountView {
    const accounts = this.app.accounts.map((each) =>
      each.id === id ? { ...each, ...patch } : each,
    );
    this.app = { ...this.app, accounts };
    this.changed([{ tag: "app_state" }]);
    return found(accounts.find((each) => each.id === id));
  }

  private deliver(delivery: Delivery): SendingView {
    this.sending = sending(found(this.account()), delivery);
    this.changed([{ tag: "sendings" }]);
    return this.sending;
  }

  private procedure(id: string): ProcedureRow {
    return found(this.procedures.find((each) => each.id === id));
  }

  readonly bodies: Bodies = {
    getAppState: () => this.app,
    quit: () => null,
    dropPictures: () => null,
    checkKeychain: () => this.keychain,
    updateSettings: (patch) => {
      const settings = { ...this.app.settings, ...patch } as AppState["settings"];
      const answered = patch.startAtLoginAnswered === true;
      this.app = {
        ...this.app,
        settings,
        offerStartAtLogin: this.app.offerStartAtLogin && !answered,
      };
      this.changed([{ tag: "app_state" }]);
      return settings;
    },
    chooseArchiveFolder: () => "/home/marie/Contrats",
    showArchiveFolder: () => null,
    addPracticeAccount: () => this.add(practice),
    addYousignV2Account: (asked) =>
      this.add({ ...staging, id: "acc-new", name: asked.name, environment: asked.environment }),
    replaceKey: ({ account }) =>
      this.change(account, { key: { state: "in_keychain" }, trouble: null }),
    removeAccount: ({ account }) => {
      const accounts = this.app.accounts.filter(({ id }) => id !== account);
      this.app = { ...this.app, accounts };
      this.changed([{ tag: "app_state" }]);
      return null;
    },
    setFollowAll: ({ account, followAll }) => this.change(account, { followAll }),
    requestKey: () => null,
    listDrafts: () => this.drafts,
    createDraft: () => draftView(this.account()),
    getDraft: () => ({
      ...draftView(this.account()),
      problems: review(this.account(), this.incomplete).problems,
    }),
    editDraft: () => draftView(this.account()),
    setFieldDefault: () => draftView(this.account()),
    undoEdit: () => draftView(this.account()),
    redoEdit: () => draftView(this.account()),
    duplicateDraft: ({ draft }) => {
      const copy = { ...found(this.drafts.find(({ id }) => id === draft)), id: `${draft}-copy` };
      this.drafts = [copy, ...this.drafts];
      this.changed([{ tag: "drafts" }]);
      return draftView(this.account());
    },
    deleteDraft: ({ draft }) => {
      this.deleted = this.drafts.filter(({ id }) => id === draft);
      this.drafts = this.drafts.filter(({ id }) => id !== draft);
      this.changed([{ tag: "drafts" }]);
      return null;
    },
    restoreDraft: () => {
      this.drafts = [...this.deleted, ...this.drafts];
      this.changed([{ tag: "drafts" }]);
      return draftView(this.account());
    },
    chooseDocuments: () => this.chosen,
    importDropped: () => this.imported,
    cancelImport: () => null,
    unlockDocument: () => this.unlocked,
    suggestPeople: () => [],
    getPageText: () => ({ runs: [] }),
    getPageLines: () => ({ shapes: [], complete: true }),
    searchDraft: () => ({ pages: [], next: null }),
    suggestFields: () => ({ pages: [], next: null }),
    checkWords: () => [],
    reviewDraft: () => review(this.account(), this.incomplete),
    sendDraft: () => this.deliver("queued"),
    rehearseDraft: () => this.deliver("sent"),
    undoSend: () => {
      this.sending = null;
      this.changed([{ tag: "sendings" }]);
      return draftView(this.account());
    },
    listSendings: () => (this.sending ? [this.sending] : []),
    getSending: () => found(this.sending),
    resumeSending: () => this.deliver("sending"),
    stopTrying: () => this.deliver("failed"),
    abandonSending: () => {
      this.sending = null;
      return draftView(this.account());
    },
    listProcedures: (asked) => {
      const group = (each: ProcedureRow) =>
        each.status.status === "in_progress" || each.status.status === "unknown"
          ? "open"
          : each.status.status === "completed"
            ? "completed"
            : "ended";
      const count = (name: string) => this.procedures.filter((each) => group(each) === name).length;
      const words = asked.search.toLocaleLowerCase();
      const rows = this.procedures
        .filter((each) => asked.filter === "all" || group(each) === asked.filter)
        .filter((each) => each.name.toLocaleLowerCase().includes(words))
        .sort((a, b) =>
          asked.sort === "newest"
            ? b.createdAt.localeCompare(a.createdAt)
            : (a.waitingSince ?? "9").localeCompare(b.waitingSince ?? "9"),
        );
      return {
        rows: rows.slice(asked.offset, asked.offset + asked.limit),
        total: rows.length,
        open: count("open"),
        completed: count("completed"),
        ended: count("ended"),
        overdue: this.open().map(({ id }) => id),
        asOf: new Date().toISOString(),
        trouble: null,
      };
    },
    getProcedure: ({ procedure }) => detail(this.procedure(procedure)),
    refresh: () => null,
    previewReminders: ({ procedures }) =>
      procedures.map((id, index) => ({
        procedure: id,
        name: this.procedure(id).name,
        environment: this.procedure(id).environment,
        people: this.procedure(id)
          .participants.filter(({ turn }) => turn)
          .map(({ name }) => name),
        skipped: index === 2 ? "reminded_today" : null,
      })),
    remind: ({ procedures }) =>
      this.reminded ??
      procedures.map((procedure) => ({
        procedure,
        name: this.procedure(procedure).name,
        result: { result: "sent" },
      })),
    stopProcedure: ({ procedure }) => {
      this.procedures = this.procedures.map((each) =>
        each.id === procedure ? { ...each, status: { status: "canceled" } } : each,
      );
      this.changed([{ tag: "procedures" }, { tag: "procedure", id: procedure }]);
      return detail(this.procedure(procedure));
    },
    correctProcedure: ({ procedure }) => ({
      procedure: this.bodies.stopProcedure({ procedure }),
      draft: "d1",
    }),
    copySigningLink: () => null,
    signAs: () => null,
    openMailbox: () => null,
    openFile: () => null,
    showFile: () => null,
  };

  async answer<K extends keyof Commands>(command: K, request: Parameters<Commands[K]>[0]) {
    this.listeningAtFirst ??= this.listening().sort();
    this.calls.push({ command, request });
    if (command === "chooseDocuments") await this.dialog;
    if (command === "importDropped") await this.copied;
    const refusal = this.refusals.get(command);
    if (refusal) return { status: "error" as const, error: refusal };
    try {
      return { status: "ok" as const, data: this.bodies[command](request) };
    } catch (error) {
      if (error instanceof Refusal) return { status: "error" as const, error: error.problem };
      throw error;
    }
  }
}

function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Refusal({ code: "not_found" });
  return value;
}
