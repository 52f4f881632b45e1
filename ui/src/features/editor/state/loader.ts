/** Asks the host for pictures and gives them up; an image is handed out once it is decoded. */
import { dropPictures } from "../dropPictures";
import type { Piece } from "../model/pictures";
import { Requests } from "../model/requests";
import { pictureUrl } from "../pageImage";

export type Request = Piece & { seen: boolean; address: string };

type Outcome = {
  /** Ready to be drawn in the very next frame. */
  arrived: (piece: Piece, image: HTMLImageElement) => void;
  failed: (piece: Piece) => void;
};

/** Addresses given up of which the host's answer may still come; more are not remembered. */
const MOST_GIVEN_UP = 500;

export class Loader {
  readonly #requests = new Requests<Request>();
  readonly #images = new Map<string, HTMLImageElement>();
  /** What is to be told to the host with the next frame. */
  #toDrop = new Set<string>();
  #frame = 0;
  readonly #givenUp = new Set<string>();
  readonly #outcome: Outcome;

  constructor(outcome: Outcome) {
    this.#outcome = outcome;
  }

  /** `wanted` is all that is missing, the most urgent first. */
  follow(wanted: readonly Request[], mayStart: boolean): void {
    const { start, stop } = this.#requests.follow(wanted, mayStart);
    for (const request of stop) this.#stop(request);
    for (const request of start) this.#start(request);
  }

  #start(request: Request): void {
    const image = pictureElement(request);
    this.#images.set(request.key, image);
    this.#toDrop.delete(request.address);
    const isCurrent = () => this.#images.get(request.key) === image;
    const end = () => {
      this.#images.delete(request.key);
      this.#requests.end(request.key);
      image.onload = null;
      image.onerror = null;
    };
    image.onload = () => {
      void (image.decode?.() ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => {
          if (!isCurrent()) return;
          end();
          this.#givenUp.delete(request.address);
          this.#outcome.arrived(request, image);
        });
    };
    image.onerror = () => {
      if (!isCurrent()) return;
      release(image);
      // The host may have taken an earlier "no longer" for this very request: it is asked again.
      if (this.#givenUp.delete(request.address)) return this.#start(request);
      end();
      this.#outcome.failed(request);
    };
    image.src = pictureUrl(request.page, request.address);
  }

  #stop(request: Request): void {
    const image = this.#images.get(request.key);
    this.#images.delete(request.key);
    if (image) release(image);
    // The same file twice in a draft: the other one still waits for the same address.
    if (this.#requests.underWay().some(({ address }) => address === request.address)) return;
    if (this.#givenUp.size >= MOST_GIVEN_UP) this.#givenUp.clear();
    this.#givenUp.add(request.address);
    this.#toDrop.add(request.address);
    this.#frame ||= requestAnimationFrame(() => this.#tell());
  }

  #tell(): void {
    this.#frame = 0;
    const addresses = [...this.#toDrop];
    this.#toDrop.clear();
    if (addresses.length > 0) dropPictures(addresses);
  }

  /** Nobody waits for anything any more. */
  close(): void {
    this.follow([], false);
    cancelAnimationFrame(this.#frame);
    this.#tell();
  }
}

/** Placed in shares of the page, so that it follows a zoom without being told. */
function pictureElement({ picture, part }: Piece): HTMLImageElement {
  const image = new Image();
  image.alt = "";
  image.draggable = false;
  // Drawn with the frame that it is put into, not some frames later.
  image.decoding = "sync";
  const { x, y, w, h } = part ?? { x: 0, y: 0, ...picture };
  const share = (length: number, of: number) => `${(length / of) * 100}%`;
  Object.assign(image.style, {
    left: share(x, picture.w),
    top: share(y, picture.h),
    width: share(w, picture.w),
    height: share(h, picture.h),
  });
  return image;
}

/** The webview keeps what an element shows for as long as it shows it, seen or not. */
export function release(image: HTMLImageElement): void {
  image.onload = null;
  image.onerror = null;
  image.remove();
  image.src = "";
}
