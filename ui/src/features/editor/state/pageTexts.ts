/** The text of pages, asked for once while it is remembered. */
import type { Page, PageRun, PageText } from "../../../host/bindings";
import { piecesOf, type Piece } from "../model/textLayer";

/** Pages near the view and some that may come back. */
const REMEMBERED = 16;

export class PageTexts {
  #load: (page: Page) => Promise<PageText>;
  /** The one used last stands last. */
  #known = new Map<string, Promise<Piece[] | null>>();

  constructor(load: (page: Page) => Promise<PageText>) {
    this.#load = load;
  }

  /** Null when its text cannot be read now: its picture is still there. */
  of(page: Page): Promise<Piece[] | null> {
    const key = `${page.blob}/${page.index}`;
    const known = this.#known.get(key) ?? this.#ask(key, page);
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= REMEMBERED) break;
      this.#known.delete(oldest);
    }
    return known;
  }

  #ask(key: string, page: Page): Promise<Piece[] | null> {
    return this.#load(page).then(
      ({ runs }: { runs: PageRun[] }) => piecesOf(runs),
      () => {
        this.#known.delete(key);
        return null;
      },
    );
  }
}
