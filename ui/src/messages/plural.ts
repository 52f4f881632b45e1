import { locale } from "./locale.svelte";

type Sentence = (values: { count: number }) => string;

const rules = { en: new Intl.PluralRules("en"), fr: new Intl.PluralRules("fr") };

/** Which of two sentences a count takes. French has a third form, for millions, which we lack. */
export function plural(count: number, one: Sentence, other: Sentence): string {
  return rules[locale()].select(count) === "one" ? one({ count }) : other({ count });
}
