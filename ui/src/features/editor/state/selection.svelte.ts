/** Which fields are selected, in the order in which they were. */
import type { FieldId } from "../../../host/bindings";

export class Selection {
  ids = $state.raw<readonly FieldId[]>([]);

  /** The only one. */
  only = $derived(this.ids.length === 1 ? (this.ids[0] ?? null) : null);

  has(id: FieldId): boolean {
    return this.ids.includes(id);
  }

  set(ids: readonly FieldId[]): void {
    this.ids = ids.filter((id, at) => ids.indexOf(id) === at);
  }

  add(ids: readonly FieldId[]): void {
    this.set([...this.ids, ...ids]);
  }

  toggle(id: FieldId): void {
    this.ids = this.has(id) ? this.ids.filter((each) => each !== id) : [...this.ids, id];
  }

  clear(): void {
    if (this.ids.length > 0) this.ids = [];
  }

  /** Those that are gone are no longer selected. */
  keep(exists: (id: FieldId) => boolean): void {
    if (!this.ids.every(exists)) this.ids = this.ids.filter(exists);
  }
}
