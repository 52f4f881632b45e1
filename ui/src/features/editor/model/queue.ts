/**
 * Edits leave one after the other, in the order in which they were made, and are shown at once.
 *
 * `shown` is always: what the host last answered, plus every edit it has not answered yet. When an
 * edit is refused, it and everything after it are dropped and the host's draft is asked for anew:
 * later edits were made by somebody who saw the refused one.
 */
import type { Draft, DraftEdit, DraftView, IpcError } from "../../../host/bindings";
import { problemOf } from "../../../host/host";
import { applied } from "./apply";
import type { NamedEdit } from "./edits";

/** The part of the host that the queue speaks to. What it throws is a refusal. */
export type DraftHost = {
  edit(edit: DraftEdit, label: string): Promise<DraftView>;
  undo(): Promise<DraftView>;
  redo(): Promise<DraftView>;
  load(): Promise<DraftView>;
};

type Entry = ({ what: "edit" } & NamedEdit) | { what: "undo" } | { what: "redo" };

export class EditQueue {
  #host: DraftHost;
  #view: DraftView;
  #waiting: Entry[] = [];
  #running: Promise<void> | null = null;
  #stale = false;
  #onChange: (view: DraftView, shown: Draft) => void;
  #onRefused: (error: IpcError) => void;

  constructor(
    host: DraftHost,
    view: DraftView,
    onChange: (view: DraftView, shown: Draft) => void,
    onRefused: (error: IpcError) => void,
  ) {
    this.#host = host;
    this.#view = view;
    this.#onChange = onChange;
    this.#onRefused = onRefused;
  }

  get view(): DraftView {
    return this.#view;
  }

  get shown(): Draft {
    return this.#waiting.reduce(
      (draft, entry) => (entry.what === "edit" ? (applied(draft, entry.edit) ?? draft) : draft),
      this.#view.draft,
    );
  }

  push(edit: NamedEdit): void {
    this.#add({ what: "edit", ...edit });
  }

  undo(): void {
    this.#add({ what: "undo" });
  }

  redo(): void {
    this.#add({ what: "redo" });
  }

  /** A view that came by another road, for instance with imported documents. */
  receive(view: DraftView): void {
    if (view.draft.revision < this.#view.draft.revision) return;
    this.#view = view;
    this.#tell();
  }

  /** Asks for the draft anew once everything before has been answered. */
  refresh(): void {
    this.#stale = true;
    this.#start();
  }

  /** Resolves once everything made so far has been answered. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #add(entry: Entry): void {
    this.#waiting.push(entry);
    this.#tell();
    this.#start();
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      // An entry may have come in between the loop's last look and here.
      if (this.#waiting.length > 0 || this.#stale) this.#start();
    });
  }

  async #run(): Promise<void> {
    for (;;) {
      const next = this.#waiting[0];
      if (!next && !this.#stale) return;
      try {
        if (next) {
          this.#view = await this.#perform(next);
          this.#waiting.shift();
          this.#tell();
        } else {
          this.#stale = false;
          this.receive(await this.#host.load());
        }
      } catch (fault) {
        this.#waiting = [];
        await this.#reload();
        this.#onRefused(problemOf(fault));
      }
    }
  }

  /** Without an answer, the last draft the host gave stays. */
  async #reload(): Promise<void> {
    try {
      this.#view = await this.#host.load();
    } catch {
      // The refusal that led here is told; this one would say the same again.
    }
    this.#tell();
  }

  #perform(entry: Entry): Promise<DraftView> {
    switch (entry.what) {
      case "edit":
        return this.#host.edit(entry.edit, entry.label);
      case "undo":
        return this.#host.undo();
      case "redo":
        return this.#host.redo();
    }
  }

  #tell(): void {
    this.#onChange(this.#view, this.shown);
  }
}
