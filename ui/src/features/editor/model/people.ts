/** What people are called on screen. */

type Named = { firstName: string; lastName: string; email: string };

/** First and last name, else the address, else null: the words for nobody are the caller's. */
export function personName(person: Named): string | null {
  const name = `${person.firstName.trim()} ${person.lastName.trim()}`.trim();
  return name || person.email.trim() || null;
}
