/** What a screen reader says without the focus moving. */
class Announcer {
  text = $state("");

  say(text: string): void {
    // The same sentence twice is two events: an empty change between them makes it heard again.
    this.text = "";
    queueMicrotask(() => (this.text = text));
  }
}

export const announcer = new Announcer();
