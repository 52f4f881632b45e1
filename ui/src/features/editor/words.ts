/** Sentences that the editor puts together. */
import type { Field, FieldKind, Recipient, Rect, Suggestion } from "../../host/bindings";
import { locale, m } from "../../messages";
import { LOOKS } from "./fieldTypes";
import type { Advice } from "./model/advice";
import { toMillimetres } from "./model/geometry";
import { type Step, STEPS, STEPS_OF_SEVERAL } from "./model/edits";
import type { PagePlace } from "./model/layout";
import { personName } from "./model/people";

export function nameOf(person: Recipient | null): string {
  return (person && personName(person)) ?? m.editor_person_nameless();
}

/** "Signature of Ada Martin". */
export function fieldName(field: Field, person: Recipient | null): string {
  return LOOKS[field.kind.type].field({ person: nameOf(person) });
}

/** "page 3 of 12, 42 millimetres from the left, 30 from the bottom". */
export function placeName(rect: Rect, page: PagePlace, pages: number): string {
  return m.editor_field_place({
    page: page.number,
    pages,
    left: Math.round(toMillimetres(rect.x)),
    bottom: Math.round(toMillimetres(page.size.h - rect.y - rect.h)),
  });
}

/** "Suggested: signature, Anna Weber, page 3 of 12, …, beside “Signature”, on a dotted line". */
export function suggestionName(
  suggestion: Suggestion,
  person: Recipient | null,
  page: PagePlace,
  pages: number,
): string {
  return m.editor_suggestion({
    what: whatInSentence(suggestion),
    person: person ? nameOf(person) : m.editor_suggestion_nobody(),
    place: placeName(suggestion.rect, page, pages),
    reason: reasonOf(suggestion),
  });
}

/** Why it is suggested, and for whom a click places it. */
export function suggestionHint(suggestion: Suggestion, person: Recipient | null): string {
  const reason = reasonOf(suggestion);
  return m.editor_suggestion_hint({
    reason: reason.charAt(0).toLocaleUpperCase(locale()) + reason.slice(1),
    act: person
      ? m.editor_suggestion_accept({ person: nameOf(person) })
      : m.editor_palette_nobody(),
  });
}

/** "Signature? Anna Weber": what stands on the page. */
export function suggestionMark({ kind, label }: Suggestion, person: Recipient | null): string {
  const what = m.editor_suggestion_mark({ what: askedFor(kind, label) || LOOKS[kind.type].name() });
  return person ? `${what} ${nameOf(person)}` : what;
}

/** A text is what the words beside it ask for. */
function askedFor(kind: FieldKind, label: string): string {
  return kind.type === "text" ? label.replace(/[\s.:…_]+$/u, "") : "";
}

function whatInSentence({ kind, label }: Suggestion): string {
  switch (kind.type) {
    case "signature":
      return m.editor_suggestion_signature();
    case "initials":
      return m.editor_suggestion_initials();
    case "text":
      return askedFor(kind, label) || m.editor_suggestion_text();
  }
}

/** "beside “Signature du locataire”, on a dotted line". */
function reasonOf({ label, reason }: Suggestion): string {
  const where = WHERE[reason]();
  return label === "" ? where : `${m.editor_suggestion_beside({ words: label })}, ${where}`;
}

const WHERE: Record<Suggestion["reason"], () => string> = {
  anchor: m.editor_suggestion_anchor,
  rule: m.editor_suggestion_rule,
  leader: m.editor_suggestion_leader,
  box: m.editor_suggestion_box,
  room: m.editor_suggestion_room,
  form_field: m.editor_suggestion_form_field,
};

export function adviceSentence(advice: Advice): string {
  switch (advice) {
    case "off_page":
      return m.editor_advice_off_page();
    case "too_small":
      return m.editor_advice_too_small();
    case "smallest":
      return m.editor_advice_smallest();
    case "covers_text":
      return m.editor_advice_covers_text();
  }
}

/** What an undo step did, or null for a name this version does not know. */
export function stepName(label: string): string | null {
  const step = STEPS.find((candidate): candidate is Step => candidate === label);
  if (step) return m[step]();
  const [name, count] = label.split(" ");
  const several = STEPS_OF_SEVERAL.find((candidate) => candidate === name);
  return several && count ? m[several]({ count }) : null;
}

/** So many digits after the point, and no grouping: what is shown can be typed again. */
export function decimal(value: number, digits = 1): string {
  return new Intl.NumberFormat(locale(), {
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(value);
}

/** What somebody typed as a number, with a point or a comma; null when it is none. */
export function parseNumber(typed: string): number | null {
  const plain = typed.replaceAll(/[\s\u00a0\u202f]/gu, "").replace(",", ".");
  if (plain === "") return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}
