import { announcer } from "../../../shared/announcer.svelte";

let timer: ReturnType<typeof setTimeout> | undefined;

/** While something keeps changing, a screen reader is told its last state only. */
export function sayWhenStill(sentence: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => announcer.say(sentence), 350);
}
