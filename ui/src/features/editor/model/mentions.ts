/**
 * Lines that are written with a signature, and words that somebody has to write by hand. The domain
 * has the same placeholders; the provider fills them at signing.
 */
import type { FieldKind, Language } from "../../../host/bindings";

export const NAME = "{{name}}";
export const DATE = "{{date}}";
/** A block: under the mark, who signed and when. */
export const BLOCK_LINE = `${NAME}, ${DATE}`;

export function isBlock(kind: FieldKind): boolean {
  return kind.type === "signature" && kind.mentionAbove === "" && kind.mentionBelow === BLOCK_LINE;
}

/** A line as it is shown before anybody has signed. */
export function lineShown(line: string, name: string, date: string): string {
  return line.replaceAll(DATE, date).replaceAll(NAME, name);
}

/** In the words of contracts, which are not translated: those of the contract's language first. */
const FORMULAS: Record<Language, readonly string[]> = {
  french: [
    "Lu et approuvé",
    "Bon pour accord",
    "Lu et approuvé, bon pour accord",
    "Bon pour pouvoir",
  ],
  english: ["Read and approved", "Agreed and accepted"],
};

export function usualFormulas(language: Language): string[] {
  const others: Language = language === "french" ? "english" : "french";
  return [...FORMULAS[language], ...FORMULAS[others]];
}

/** To be written by hand: never printed for whoever signs, and never left out. */
export function withFormula(
  kind: Extract<FieldKind, { type: "text" }>,
  formula: string,
): Extract<FieldKind, { type: "text" }> {
  const kept = formula.trim();
  return kept === ""
    ? { ...kind, formula: "" }
    : { ...kind, formula: kept, content: "", required: true };
}
