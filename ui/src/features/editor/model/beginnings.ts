/**
 * How a new field begins: as the last one of its type in this draft, else as somebody's default for
 * the account and role, else as usual. Words that belong to one field alone never go to another.
 */
import type {
  Capabilities,
  Draft,
  DraftEdit,
  Field,
  FieldDefault,
  FieldId,
  FieldKind,
  Role,
  Size,
} from "../../../host/bindings";
import { type FieldType, leastSize, newKind, newSize, type Tool } from "./edits";
import { clamp } from "./geometry";
import { BLOCK_LINE, isBlock } from "./mentions";

export type Beginning = { kind: FieldKind; size: Size };

/** A block has a line more than a signature, in points. */
const LINE = 12;

export function typeOf(tool: Tool): FieldType {
  return tool === "block" ? "signature" : tool;
}

export function beginningOf(
  tool: Tool,
  known: {
    draft: Draft;
    /** The fields that were placed or changed in this window, the last one last. */
    used: readonly FieldId[];
    defaults: readonly FieldDefault[];
    role: Role;
    capabilities: Capabilities | null;
  },
): Beginning {
  const { capabilities } = known;
  const type = typeOf(tool);
  const usual = usualBeginning(tool, capabilities);
  const chosen = known.defaults.find(
    ({ role, kind }) =>
      role === known.role && kind.type === type && (tool !== "block" || isBlock(kind)),
  );
  const { kind, size } = chosen ?? usual;
  const last = lastUsed(known.draft, known.used, kind);
  const least = leastSize(type, capabilities);
  const wanted = last?.rect ?? size;
  return {
    kind: withinLimits(last ? withOptions(kind, last.kind) : kind, capabilities),
    size: { w: Math.max(wanted.w, least.w), h: Math.max(wanted.h, least.h) },
  };
}

function usualBeginning(tool: Tool, capabilities: Capabilities | null): Beginning {
  const type = typeOf(tool);
  const size = newSize(type, capabilities);
  const kind = newKind(type);
  return tool === "block" && kind.type === "signature"
    ? { kind: { ...kind, mentionBelow: BLOCK_LINE }, size: { ...size, h: size.h + LINE } }
    : { kind, size };
}

/** The one that was placed or changed last, or of an earlier day, the one that stands last. */
function lastUsed(draft: Draft, used: readonly FieldId[], kind: FieldKind): Field | undefined {
  const alike = draft.fields.filter(
    (field) => field.kind.type === kind.type && isBlock(field.kind) === isBlock(kind),
  );
  const last = used.findLast((id) => alike.some((field) => field.id === id));
  return last === undefined ? alike.at(-1) : alike.find(({ id }) => id === last);
}

/** What a text looks like goes on; what is printed with a signature does not. */
function withOptions(kind: FieldKind, last: FieldKind): FieldKind {
  return kind.type === "text" && last.type === "text"
    ? { ...kind, required: last.required, fontSize: last.fontSize }
    : kind;
}

function withinLimits(kind: FieldKind, capabilities: Capabilities | null): FieldKind {
  if (kind.type !== "text" || !capabilities) return kind;
  const { smallestText, largestText } = capabilities;
  return { ...kind, fontSize: clamp(kind.fontSize, smallestText, largestText) };
}

/** The fields that an edit places or changes. */
export function usedBy(edit: DraftEdit): FieldId[] {
  switch (edit.edit) {
    case "insert_field":
    case "update_field":
      return [edit.field.id];
    case "batch":
      return edit.edits.flatMap(usedBy);
    default:
      return [];
  }
}

/** As a default it is kept without what was written into this one field. */
export function defaultOf({ kind, rect: { w, h } }: Field, role: Role): FieldDefault {
  return {
    role,
    size: { w, h },
    kind: kind.type === "text" ? { ...kind, content: "", formula: "" } : kind,
  };
}

/** Whether new fields begin like this one already. */
export function isDefault(field: Field, role: Role, defaults: readonly FieldDefault[]): boolean {
  const own = defaultOf(field, role);
  return defaults.some(
    ({ role: of, size, kind }) =>
      of === role && size.w === own.size.w && size.h === own.size.h && sameOptions(kind, own.kind),
  );
}

export function sameOptions(a: FieldKind, b: FieldKind): boolean {
  if (a.type === "signature" && b.type === "signature") {
    return a.mentionAbove === b.mentionAbove && a.mentionBelow === b.mentionBelow;
  }
  if (a.type === "text" && b.type === "text") {
    return a.required === b.required && a.fontSize === b.fontSize;
  }
  return a.type === b.type;
}

/** `kind` with the options of another of its type; what it says stays. */
export function optionsFrom(kind: FieldKind, other: FieldKind): FieldKind {
  if (kind.type === "signature" && other.type === "signature") return other;
  if (kind.type !== "text" || other.type !== "text") return kind;
  // What has to be written by hand cannot be left out.
  const isByHand = (kind.formula ?? "") !== "";
  return { ...kind, required: isByHand || other.required, fontSize: other.fontSize };
}
