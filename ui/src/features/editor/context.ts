import { createContext } from "svelte";
import type { Gallery } from "./state/gallery";
import type { PageTexts } from "./state/pageTexts";
import type { Pointer } from "./state/pointer.svelte";
import type { Search } from "./state/search.svelte";
import type { EditorSession } from "./state/session.svelte";
import type { Suggestions } from "./state/suggestions.svelte";

export type Editor = {
  session: EditorSession;
  pointer: Pointer;
  gallery: Gallery;
  search: Search;
  suggestions: Suggestions;
  texts: PageTexts;
};

/** The parts of the editor share one session, one pointer, what is found, the pictures and the texts. */
export const [useEditor, provideEditor] = createContext<Editor>();
