import { createContext } from "svelte";
import type { Pointer } from "./state/pointer.svelte";
import type { EditorSession } from "./state/session.svelte";

export type Editor = { session: EditorSession; pointer: Pointer };

/** The parts of the editor share one session and one pointer. */
export const [useEditor, provideEditor] = createContext<Editor>();
