import { createContext } from "svelte";
import type { Gallery } from "./state/gallery";
import type { Pointer } from "./state/pointer.svelte";
import type { EditorSession } from "./state/session.svelte";

export type Editor = { session: EditorSession; pointer: Pointer; gallery: Gallery };

/** The parts of the editor share one session, one pointer and the pictures. */
export const [useEditor, provideEditor] = createContext<Editor>();
