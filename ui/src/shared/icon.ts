import type { LucideIcon } from "@lucide/svelte";

export type Icon = LucideIcon;
