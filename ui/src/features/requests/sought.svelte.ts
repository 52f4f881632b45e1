/** What is looked for in the list; it stays while one looks at a request and comes back. */
import type { ProcedureFilter, ProcedureSort } from "../../host/bindings";

const rest = 180;

class Sought {
  #typed = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was typed, once the typing came to rest. */
  #asked = $state("");
  #filter = $state<ProcedureFilter>("all");
  #sort = $state<ProcedureSort>("newest");
  /** How far the list is scrolled, in pixels. */
  top = 0;

  get asked(): string {
    return this.#asked;
  }

  get filter(): ProcedureFilter {
    return this.#filter;
  }

  set filter(filter: ProcedureFilter) {
    this.#filter = filter;
    this.top = 0;
  }

  get sort(): ProcedureSort {
    return this.#sort;
  }

  set sort(sort: ProcedureSort) {
    this.#sort = sort;
    this.top = 0;
  }

  get typed(): string {
    return this.#typed;
  }

  set typed(text: string) {
    this.#typed = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(text.trim()), rest);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#typed = "";
    this.#ask("");
    this.filter = "all";
  }

  #ask(text: string): void {
    this.#asked = text;
    this.top = 0;
  }
}

export const sought = new Sought();
