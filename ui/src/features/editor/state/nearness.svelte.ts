/** Which pages are near the view, and which is the current one. */

class Flags {
  near = $state(false);
  current = $state(false);
}

/** A page asks about itself alone: scrolling past a thousand pages wakes those few that change. */
export class Nearness {
  /** Longer when pages come: whoever asked for one too early asks again. */
  #flags = $state.raw<readonly Flags[]>([]);
  #first = 0;
  #end = 0;
  #current = -1;

  of(index: number): Readonly<Flags> | undefined {
    return this.#flags[index];
  }

  /** Indices: of `count` pages, those from `first` to before `end` are near. */
  follow(count: number, first: number, end: number, current: number): void {
    const more = count - this.#flags.length;
    if (more > 0)
      this.#flags = [...this.#flags, ...Array.from({ length: more }, () => new Flags())];
    this.#set(this.#first, this.#end, (flags, index) => {
      flags.near = index >= first && index < end;
    });
    this.#set(first, end, (flags) => (flags.near = true));
    this.#set(this.#current, this.#current + 1, (flags, index) => {
      flags.current = index === current;
    });
    this.#set(current, current + 1, (flags) => (flags.current = true));
    this.#first = first;
    this.#end = end;
    this.#current = current;
  }

  #set(first: number, end: number, change: (flags: Flags, index: number) => void): void {
    for (let index = Math.max(0, first); index < end; index += 1) {
      const flags = this.#flags[index];
      if (flags) change(flags, index);
    }
  }
}
