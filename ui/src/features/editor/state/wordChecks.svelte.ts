/** What the words on the pages say of the draft. It is asked while the clerk rests. */
import type { ProblemView } from "../../../host/bindings";
import type { EditorSession } from "./session.svelte";

/** Whoever types or moves something has more to do. */
const PAUSE = 700;

export class WordChecks {
  readonly #ask: () => Promise<ProblemView[]>;
  readonly #session: EditorSession;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  /** `ask`: reads every page. */
  constructor(ask: () => Promise<ProblemView[]>, session: EditorSession) {
    this.#ask = ask;
    this.#session = session;
  }

  /** What the answer depends on, as the host has it; where it changes, it is asked again. */
  question = $derived.by(() => {
    const { documents, recipients, fields, account } = this.#session.view.draft;
    return JSON.stringify([
      documents.map(({ purpose, pages }) => [purpose, ...pages.map(({ id }) => id)]),
      recipients.map(({ id, firstName, lastName, role }) => [id, firstName, lastName, role]),
      fields.map(({ id, page, rect }) => [id, page, rect]),
      account,
    ]);
  });

  askSoon(): void {
    clearTimeout(this.#timer);
    this.#run += 1;
    this.#timer = setTimeout(() => void this.#askNow(), PAUSE);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#run += 1;
  }

  async #askNow(): Promise<void> {
    const run = this.#run;
    try {
      const found = await this.#ask();
      if (run === this.#run) this.#session.wordProblems = found;
    } catch {
      // Nobody asked for it: without this advice everything else is as it was.
    }
  }
}
