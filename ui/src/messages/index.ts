export { m } from "./generated/messages";
export { locale, useLanguage } from "./locale.svelte";
export { plural } from "./plural";
