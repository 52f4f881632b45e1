/** What is looked for in the list; it stays while one looks at a request and comes back. */
import type { ProcedureFilter, ProcedureSort } from "../../host/bindings";

const rest = 180;

class Sought {
  #typed = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was typed, once the typing came to rest. */
  asked = $state("");
  filter = $state<ProcedureFilter>("all");
  sort = $state<ProcedureSort>("newest");

  get typed(): string {
    return this.#typed;
  }

  set typed(text: string) {
    this.#typed = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.asked = text.trim()), rest);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#typed = "";
    this.asked = "";
    this.filter = "all";
  }
}

export const sought = new Sought();
