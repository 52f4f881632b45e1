/** Short messages at the foot of the window. */
export type Toast = {
  id: number;
  text: string;
  tone: "neutral" | "danger";
  action: { label: string; run: () => void } | null;
};

const shortest = 5_000;
const withAction = 10_000;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, more: Partial<Pick<Toast, "tone" | "action">> = {}): number {
    const toast: Toast = { id: this.#next++, text, tone: "neutral", action: null, ...more };
    this.list = [...this.list.slice(-2), toast];
    this.#wait(toast);
    return toast.id;
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** While somebody reads it (pointer over it, focus in it) it stays. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  release(id: number): void {
    const toast = this.list.find((each) => each.id === id);
    if (toast) this.#wait(toast);
  }

  #wait(toast: Toast): void {
    clearTimeout(this.#timers.get(toast.id));
    // What went wrong stays until it is read.
    if (toast.tone === "danger") return;
    const time = toast.action ? withAction : shortest;
    this.#timers.set(
      toast.id,
      setTimeout(() => this.close(toast.id), time),
    );
  }
}

export const toasts = new Toasts();
