/** What is shown of one page, or of its thumbnail, and what is ready to be shown. */
import type { PageNeeds, Piece } from "../model/pictures";
import { release } from "./loader";

type Ready = { piece: Piece; image: HTMLImageElement };

/**
 * Whether something of the page is shown, is still awaited, or is missing for good; or whether what
 * is shown is stretched for good, because nothing sharper could be drawn.
 */
export type Showing = "waiting" | "shown" | "failed" | "stretched";
export type Tell = (showing: Showing) => void;

export class Sheet {
  readonly ready = new Map<string, Ready>();
  readonly shown = new Set<string>();
  /** Pictures that could not be drawn: not asked for again, unless somebody says so. */
  readonly refused = new Set<string>();
  /** Keys of pieces that failed and were asked for once again. */
  readonly #repeated = new Set<string>();
  /** Of the picture that is shown; empty before the first. */
  #source = "";
  /** Where it is shown: an element that has nothing else in it. */
  #frame: HTMLElement | null = null;
  #tell: Tell = () => undefined;
  /** The page in small, below everything: a part that is missing is never white. */
  #ground: HTMLCanvasElement | null = null;

  get isFramed(): boolean {
    return this.#frame !== null;
  }

  frame(element: HTMLElement, tell: Tell): void {
    this.#frame = element;
    this.#tell = tell;
    this.#fill();
  }

  unframe(element: HTMLElement): void {
    if (this.#frame !== element) return;
    this.#frame = null;
    this.#ground = null;
    element.replaceChildren();
  }

  tryAgain(): void {
    this.refused.clear();
    this.#repeated.clear();
    this.#tell(this.shown.size > 0 ? "shown" : "waiting");
  }

  /**
   * What failed is asked for once again where something of the page is shown: it could be drawn, and
   * may be again. A page of which nothing is there says so at once, and is not drawn in vain twice.
   */
  fail({ key, source }: Piece): void {
    if (this.shown.size === 0 || this.#repeated.has(key)) this.refused.add(source);
    else this.#repeated.add(key);
  }

  add(piece: Piece, image: HTMLImageElement): void {
    this.#repeated.delete(piece.key);
    this.ready.set(piece.key, { piece, image });
  }

  letGo(key: string): void {
    const ready = this.ready.get(key);
    if (ready) release(ready.image);
    this.ready.delete(key);
    this.shown.delete(key);
  }

  /** Something of the page that covers it: what is shown of it, if that is one picture. */
  get whole(): HTMLImageElement | null {
    for (const key of this.shown) {
      const ready = this.ready.get(key);
      if (ready && ready.piece.part === null) return ready.image;
    }
    return null;
  }

  /** `small` is the page's thumbnail, decoded. */
  ground(small: HTMLImageElement): void {
    if (!this.#frame || this.#ground || this.whole) return;
    // A copy: the element itself stands among the thumbnails, and another would be fetched.
    const canvas = document.createElement("canvas");
    canvas.width = small.naturalWidth;
    canvas.height = small.naturalHeight;
    canvas.getContext("2d")?.drawImage(small, 0, 0);
    this.#ground = canvas;
    this.#frame.prepend(canvas);
  }

  /**
   * Shows what is ready. Another picture, as after a zoom, takes the place of the one that was shown
   * in one go, once all of it that is needed is there; until then the old one stays, stretched.
   */
  show(needs: PageNeeds): void {
    if (needs.source !== this.#source) {
      const mayBegin = this.shown.size === 0 && needs.keys.some((key) => this.ready.has(key));
      const isThere = needs.keys.length > 0 && needs.keys.every((key) => this.ready.has(key));
      if (isThere || mayBegin) this.#turnTo(needs.source);
    } else {
      for (const [key, { piece, image }] of this.ready) {
        if (piece.source !== this.#source || this.shown.has(key)) continue;
        this.shown.add(key);
        this.#frame?.append(image);
      }
      if (this.whole) this.#fill();
    }
    const isRefused = this.refused.has(needs.source);
    const isStretched = this.shown.size > 0 && this.#source !== needs.source;
    if (isRefused) this.#tell(isStretched ? "stretched" : "failed");
    else this.#tell(this.shown.size > 0 ? "shown" : "waiting");
  }

  #turnTo(source: string): void {
    this.#source = source;
    const old = [...this.shown];
    this.shown.clear();
    for (const [key, { piece }] of this.ready) {
      if (piece.source === source) this.shown.add(key);
    }
    this.#fill();
    for (const key of old) if (!this.shown.has(key)) this.letGo(key);
  }

  #fill(): void {
    if (!this.#frame) return;
    if (this.whole) this.#ground = null;
    const images = [...this.shown].flatMap((key) => this.ready.get(key)?.image ?? []);
    const wanted = this.#ground ? [this.#ground, ...images] : images;
    const has = this.#frame.childNodes;
    if (has.length === wanted.length && wanted.every((each, at) => each === has[at])) return;
    this.#frame.replaceChildren(...wanted);
  }

  close(): void {
    for (const key of [...this.ready.keys()]) this.letGo(key);
    this.#frame?.replaceChildren();
  }
}
