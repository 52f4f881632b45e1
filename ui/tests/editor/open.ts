/** The editor on a test's screen: a made-up host behind it, a viewport of known size around it. */
import { render } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { vi } from "vitest";
import type {
  Delivery,
  Draft,
  DraftState,
  IpcError,
  Problem,
  Suggestion,
} from "../../src/host/bindings";
import { useLanguage } from "../../src/messages";
import { panes } from "../../src/features/editor/state/panes.svelte";
import { toasts } from "../../src/shared/toasts.svelte";
import { start } from "../fake/bindings";
import type { Commands } from "../fake/world";
import { serve } from "./host";
import Preview from "./Preview.svelte";

const PANE = { width: 800, height: 900 };

/** What jsdom lacks: sizes, pointer capture, and the means to watch both. */
function standIns() {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("PointerEvent", PointerEventStandIn);
  vi.stubGlobal("matchMedia", () => new EventTarget());
  const element = Element.prototype as unknown as Record<string, unknown>;
  const captured = new WeakSet<Element>();
  element["setPointerCapture"] = function (this: Element) {
    captured.add(this);
  };
  element["releasePointerCapture"] = function (this: Element) {
    captured.delete(this);
  };
  element["hasPointerCapture"] = function (this: Element) {
    return captured.has(this);
  };
  element["scrollIntoView"] = () => undefined;
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(PANE.width);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(PANE.height);
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(
    new DOMRect(0, 0, PANE.width, PANE.height),
  );
}

class PointerEventStandIn extends MouseEvent {
  readonly pointerId: number;
  readonly isPrimary: boolean;
  constructor(type: string, init: PointerEventInit = {}) {
    super(type, init);
    this.pointerId = init.pointerId ?? 0;
    this.isPrimary = init.isPrimary ?? false;
  }
}

type Options = {
  language?: "english" | "french";
  state?: DraftState;
  delivery?: Delivery;
  suggestions?: Suggestion[];
  /** What the words on the pages say. */
  wordProblems?: Problem[];
};

export async function open(draft: Draft, options: Options = {}) {
  standIns();
  for (const toast of toasts.list) toasts.close(toast.id);
  panes.list = null;
  useLanguage(options.language ?? "english");
  const { delivery } = options;
  const world = start({ accounts: "all", ...(delivery ? { delivery } : {}) });
  const host = serve(world, draft);
  host.state = options.state ?? "editing";
  host.suggestions = options.suggestions ?? [];
  host.wordProblems = options.wordProblems ?? [];
  const screen = render(Preview);
  await screen.findByRole("textbox", { name: /Name of the request|Nom de la demande/u });
  const user = userEvent.setup();
  return {
    screen,
    host,
    user,
    labels: () => host.asked.map(({ label }) => label),
    refuse: (command: keyof Commands, problem: IpcError) => world.refusals.set(command, problem),
  };
}

/** Replaces what stands in an input. */
export async function retype(
  user: ReturnType<typeof userEvent.setup>,
  input: HTMLElement,
  text: string,
): Promise<void> {
  await user.clear(input);
  await user.type(input, text);
}

/** Lets answers arrive and the screen follow. */
export async function settle() {
  await new Promise((done) => setTimeout(done, 0));
  await tick();
}

/** A press, some way, and a release, as a pointer does it. */
export function drag(element: Element, from: [number, number], to: [number, number]) {
  point(element, "pointerdown", from);
  point(element, "pointermove", to);
  point(element, "pointerup", to);
}

export function point(
  element: Element,
  type: "pointerdown" | "pointermove" | "pointerup",
  [clientX, clientY]: [number, number],
) {
  element.dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      cancelable: true,
      pointerId: 1,
      isPrimary: true,
      button: 0,
      clientX,
      clientY,
    }),
  );
}
