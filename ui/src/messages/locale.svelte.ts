import type { Language } from "../host/bindings";
import { overwriteGetLocale, type Locale } from "./generated/runtime";

const locales = { english: "en", french: "fr" } as const satisfies Record<Language, Locale>;

let current = $state<Locale>(systemLocale());

// Every sentence reads the rune, so that whatever shows one changes with the language.
overwriteGetLocale(() => current);

/** Before the settings have arrived: what the desktop speaks. */
function systemLocale(): Locale {
  return navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export function locale(): Locale {
  return current;
}

export function useLanguage(language: Language): void {
  current = locales[language];
  document.documentElement.lang = current;
}
