/** The time, for whatever on screen depends on it. Ticks only while something looks. */
import { createSubscriber } from "svelte/reactivity";

function clock(every: number) {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, every);
    return () => clearInterval(timer);
  });
  return (): number => {
    subscribe();
    return Date.now();
  };
}

/** Milliseconds since the epoch, to the second. */
export const seconds = clock(250);
/** The same, for "for 3 days" and the like. */
export const minutes = clock(20_000);
