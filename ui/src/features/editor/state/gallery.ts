/** The pictures of a draft's pages: what is asked for, what is shown, and what is kept. */
import type { Page, PageId, Size } from "../../../host/bindings";
import { MOST_BYTES, MOST_THUMBNAILS, toLetGo } from "../model/keeping";
import type { Layout, PagePlace } from "../model/layout";
import { Pace, REST } from "../model/pace";
import {
  distance,
  pathOf,
  type Piece,
  pieceOf,
  type Plan,
  plan,
  type View,
} from "../model/pictures";
import { pictureAddress } from "../pageImage";
import { Loader, type Request } from "./loader";
import { Sheet, type Tell } from "./sheet";

/** All lengths in CSS pixels; `scale` is device pixels per point. */
export type Look = Omit<View, "direction"> & { scale: number };
/** A thumbnail that is seen or near, nearest first; its picture in device pixels. */
export type ThumbnailNeed = { page: Page; picture: Size };

const NOTHING: Plan = { wanted: [], pages: new Map() };

export class Gallery {
  readonly #sheets = new Map<PageId, Sheet>();
  readonly #thumbnails = new Map<PageId, Sheet>();
  readonly #loader = new Loader({
    arrived: (piece, image) => this.#arrived(piece, image),
    failed: (piece) => this.#failed(piece),
  });
  readonly #pace = new Pace();
  #read: (() => Look) | null = null;
  #look: Look | null = null;
  #plan = NOTHING;
  #isCalm = true;
  #wantedThumbnails: Request[] = [];
  /** The pages of one layout, by their ids. */
  #places: { of: Layout | null; byId: Map<PageId, PagePlace> } = { of: null, byId: new Map() };
  #isDue = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #restFrame = 0;
  #frame = 0;

  /** What is there of a page is in its element at once. Returns how it is taken out again. */
  framePage(id: PageId, element: HTMLElement, tell: Tell): () => void {
    const sheet = sheetOf(this.#sheets, id);
    sheet.frame(element, tell);
    this.#layGround(id);
    this.#showSoon();
    return () => sheet.unframe(element);
  }

  frameThumbnail(id: PageId, element: HTMLElement, tell: Tell): () => void {
    const sheet = sheetOf(this.#thumbnails, id);
    sheet.frame(element, tell);
    return () => sheet.unframe(element);
  }

  /** Follows what `read` tells of the view, which is asked again when it is needed. */
  look(read: () => Look): void {
    this.#read = read;
    this.#turn();
  }

  lookAtThumbnails(needs: readonly ThumbnailNeed[]): void {
    this.#wantedThumbnails = needs.map(({ page, picture }) => {
      const piece = { ...pieceOf(page, picture, null), key: thumbnailKey(page, picture) };
      return { ...piece, seen: false, address: pictureAddress(piece, "?thumbnail") };
    });
    this.#turnSoon();
  }

  /** Somebody wants a page to be tried again. */
  retry(id: PageId): void {
    for (const sheet of [this.#sheets.get(id), this.#thumbnails.get(id)]) {
      sheet?.tryAgain();
    }
    this.#ask();
  }

  close(): void {
    clearTimeout(this.#rest);
    cancelAnimationFrame(this.#restFrame);
    cancelAnimationFrame(this.#frame);
    this.#read = null;
    this.#look = null;
    this.#loader.close();
    for (const sheet of [...this.#sheets.values(), ...this.#thumbnails.values()]) sheet.close();
    this.#sheets.clear();
    this.#thumbnails.clear();
  }

  /** A zoom changes scale and scroll one after the other: what counts is how it ends. */
  #turnSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#turn();
    });
  }

  #turn(): void {
    if (!this.#read) return;
    const look = this.#read();
    this.#look = look;
    const { scroll, room, scale } = look;
    this.#isCalm = this.#pace.isCalm(performance.now(), scroll.y, room.h, scale);
    this.#plan = plan({ ...look, direction: this.#pace.direction }, MOST_BYTES);
    clearTimeout(this.#rest);
    if (!this.#isCalm) this.#rest = setTimeout(() => this.#turnInFrame(), REST);
    this.#ask();
    this.#showSoon();
  }

  /** A slow frame is no rest: what was scrolled meanwhile is told before the frame begins. */
  #turnInFrame(): void {
    cancelAnimationFrame(this.#restFrame);
    this.#restFrame = requestAnimationFrame(() => this.#turn());
  }

  #ask(): void {
    if (!this.#look) return;
    this.#loader.follow(this.#missing(), this.#isCalm);
  }

  #missing(): Request[] {
    const pages = this.#plan.wanted
      .filter((piece) => isMissing(this.#sheets.get(piece.page.id), piece))
      .map((piece) => ({
        ...piece,
        address: pictureAddress(piece, piece.seen ? "" : "?ahead"),
      }));
    const thumbnails = this.#wantedThumbnails.filter((piece) =>
      isMissing(this.#thumbnails.get(piece.page.id), piece),
    );
    return [...pages, ...thumbnails];
  }

  #arrived(piece: Piece, image: HTMLImageElement): void {
    sheetOf(this.#sheetsFor(piece), piece.page.id).add(piece, image);
    this.#ask();
    this.#showSoon();
  }

  #failed(piece: Piece): void {
    sheetOf(this.#sheetsFor(piece), piece.page.id).fail(piece);
    this.#ask();
    this.#showSoon();
  }

  #sheetsFor({ key }: Piece): Map<PageId, Sheet> {
    return key.startsWith(THUMBNAIL) ? this.#thumbnails : this.#sheets;
  }

  #showSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
      this.#tidy();
    });
  }

  #show(): void {
    for (const [id, needs] of this.#plan.pages) {
      this.#sheets.get(id)?.show(needs);
      this.#layGround(id);
    }
    for (const { page, source, key } of this.#wantedThumbnails) {
      const sheet = this.#thumbnails.get(page.id);
      sheet?.show({ source, isSeen: true, keys: [key] });
      this.#layGround(page.id);
    }
  }

  #layGround(id: PageId): void {
    const small = this.#thumbnails.get(id)?.whole;
    if (small) this.#sheets.get(id)?.ground(small);
  }

  /** Lets go of what nobody will look at soon. */
  #tidy(): void {
    const look = this.#look;
    if (!look) return;
    if (this.#places.of !== look.layout) {
      const byId = new Map(look.layout.pages.map((place) => [place.id, place]));
      this.#places = { of: look.layout, byId };
    }
    const places = this.#places.byId;
    this.#tidyPages(look, places);
    this.#tidyThumbnails(places);
  }

  #tidyPages(look: Look, places: Map<PageId, PagePlace>): void {
    const middle = {
      x: look.scroll.x + look.room.w / 2,
      y: look.scroll.y + look.room.h / 2,
    };
    const needed = new Set(this.#plan.wanted.map(({ key }) => key));
    const kept = [...this.#sheets].flatMap(([id, sheet]) => {
      const place = places.get(id);
      const isSeen = this.#plan.pages.get(id)?.isSeen === true;
      const page = place && look.pages[place.number - 1];
      const source = page && pathOf(page, place.pixels.w, null);
      return [...sheet.ready].flatMap(([key, { piece }]) => {
        const isShown = sheet.shown.has(key);
        if (!place || (!isShown && piece.source !== source)) {
          // Of a page that is gone or another now, or of a zoom that was only passed through.
          sheet.letGo(key);
          return [];
        }
        return {
          key,
          sheet,
          cost: piece.bytes,
          distance: distance(middle, boxOf(piece, place)),
          needed: needed.has(key) || (isShown && isSeen),
        };
      });
    });
    const sheets = new Map(kept.map(({ key, sheet }) => [key, sheet]));
    for (const key of toLetGo(kept, MOST_BYTES)) sheets.get(key)?.letGo(key);
    forgetUnused(this.#sheets, places);
  }

  #tidyThumbnails(places: Map<PageId, PagePlace>): void {
    const needed = new Set(this.#wantedThumbnails.map(({ page }) => page.id));
    const middle = this.#wantedThumbnails[0]?.page.id ?? [...this.#plan.pages.keys()][0] ?? "";
    const nearest = places.get(middle)?.number ?? 0;
    const kept = [...this.#thumbnails].flatMap(([id, { ready }]) => {
      const number = places.get(id)?.number ?? Infinity;
      if (ready.size === 0) return [];
      return {
        key: id,
        cost: 1,
        distance: Math.abs(number - nearest),
        needed: needed.has(id),
      };
    });
    for (const id of toLetGo(kept, MOST_THUMBNAILS)) this.#thumbnails.get(id)?.close();
    forgetUnused(this.#thumbnails, places);
  }
}

function sheetOf(sheets: Map<PageId, Sheet>, id: PageId): Sheet {
  const known = sheets.get(id);
  if (known) return known;
  const made = new Sheet();
  sheets.set(id, made);
  return made;
}

function isMissing(sheet: Sheet | undefined, { key, source }: Piece): boolean {
  return !sheet?.ready.has(key) && !sheet?.refused.has(source);
}

/** Sheets that show nothing and have nothing; that a page cannot be drawn is remembered. */
function forgetUnused(sheets: Map<PageId, Sheet>, places: Map<PageId, PagePlace>): void {
  for (const [id, { isFramed, ready, refused }] of sheets) {
    if (isFramed || ready.size > 0) continue;
    if (refused.size === 0 || !places.has(id)) sheets.delete(id);
  }
}

function boxOf({ part, picture }: Piece, place: PagePlace) {
  const { x, y, w, h } = part ?? { x: 0, y: 0, ...picture };
  // Of whichever width the piece is, it lies on the same share of the page.
  const scale = place.width / picture.w;
  return { x: place.left + x * scale, y: place.top + y * scale, w: w * scale, h: h * scale };
}

const THUMBNAIL = "thumbnail ";

function thumbnailKey(page: Page, picture: Size): string {
  return THUMBNAIL + pieceOf(page, picture, null).key;
}
