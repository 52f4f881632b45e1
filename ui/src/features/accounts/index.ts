export { default as AccountCard } from "./AccountCard.svelte";
export { default as ConnectDialog } from "./ConnectDialog.svelte";
export { default as NoKeyDialog } from "./NoKeyDialog.svelte";
export { default as ReplaceKeyDialog } from "./ReplaceKeyDialog.svelte";
