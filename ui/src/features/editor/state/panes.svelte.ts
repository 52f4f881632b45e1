/** What is open beside the pages: whoever wants it there wants it beside the next ones too. */
export type SideList = "ready" | "fields";

class Panes {
  /** One at a time: the thumbnails or the details of a field need the rest of the room. */
  list = $state<SideList | null>(null);

  toggle(list: SideList): void {
    this.list = this.list === list ? null : list;
  }
}

export const panes = new Panes();
