/** What each type of field looks like and is called. */
import IdCard from "@lucide/svelte/icons/id-card";
import PenLine from "@lucide/svelte/icons/pen-line";
import Signature from "@lucide/svelte/icons/signature";
import Type from "@lucide/svelte/icons/type";
import { m } from "../../messages";
import type { Icon } from "../../shared/icon";
import type { Tool } from "./model/edits";

type Person = { person: string };
type Look = {
  icon: Icon;
  /** "Signature" */
  name: () => string;
  /** "Signature for Ada Martin": the tool that places one. */
  tool: (of: Person) => string;
  /** "Signature of Ada Martin": one that stands on a page. */
  field: (of: Person) => string;
  /** What to do while the tool is in the hand. */
  armed: (of: Person) => string;
};

export const LOOKS: Record<Tool, Look> = {
  block: {
    icon: IdCard,
    name: m.editor_palette_block,
    tool: m.editor_palette_block_of,
    field: m.editor_field_signature_of,
    armed: m.editor_armed_block,
  },
  signature: {
    icon: PenLine,
    name: m.editor_palette_signature,
    tool: m.editor_palette_signature_of,
    field: m.editor_field_signature_of,
    armed: m.editor_armed_signature,
  },
  initials: {
    icon: Signature,
    name: m.editor_palette_initials,
    tool: m.editor_palette_initials_of,
    field: m.editor_field_initials_of,
    armed: m.editor_armed_initials,
  },
  text: {
    icon: Type,
    name: m.editor_palette_text,
    tool: m.editor_palette_text_of,
    field: m.editor_field_text_of,
    armed: m.editor_armed_text,
  },
};

/** In the order of the palette. */
export const TOOLS: readonly Tool[] = ["signature", "block", "initials", "text"];
