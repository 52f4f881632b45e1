import type { Recipient, RecipientId } from "../host/bindings";

/** People's colours. A colour never stands alone: the name is always beside it. */
export const personColours = 8;

/** Custom properties for whoever draws in a person's colour: `--person`, `-soft`, `-paper`. */
export function personStyle(colour: number): string {
  const index = ((Math.trunc(colour) % personColours) + personColours) % personColours;
  return (
    `--person: var(--person-${index});` +
    `--person-soft: var(--person-${index}-soft);` +
    `--person-paper: var(--person-${index}-paper)`
  );
}

export function initials(name: string): string {
  const words = name.split(/[\s@.]+/u).filter(Boolean);
  const letter = (word: string | undefined) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "";
  const last = words.length > 1 && !name.includes("@") ? letter(words[words.length - 1]) : "";
  return letter(words[0]) + last || "?";
}

/** Everybody's place in the order. Observers have none: they are told, and nobody waits for them. */
export function placesInOrder(people: Pick<Recipient, "id" | "role">[]): Map<RecipientId, number> {
  const acting = people.filter(({ role }) => role !== "observer");
  return new Map(acting.map(({ id }, index) => [id, index + 1]));
}
