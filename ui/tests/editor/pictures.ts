/** Pictures that arrive when a test says so. */
import { vi } from "vitest";

type Asked = { address: string; image: HTMLImageElement; decode: () => void };

export class Pictures {
  /** In the order they were asked for. */
  readonly asked: Asked[] = [];

  constructor() {
    const { asked } = this;
    vi.stubGlobal("Image", function () {
      const image = document.createElement("img");
      let decode = (): void => undefined;
      const decoded = new Promise<undefined>((done) => (decode = () => done(undefined)));
      image.decode = () => decoded;
      Object.defineProperty(image, "src", {
        get: () => image.getAttribute("src") ?? "",
        set: (address: string) => {
          image.setAttribute("src", address);
          if (address !== "") asked.push({ address: shortened(address), image, decode });
        },
      });
      return image;
    });
  }

  addresses(): string[] {
    return this.asked.map(({ address }) => address);
  }

  /** Asked for, and neither answered nor given up. */
  underWay(): Asked[] {
    return this.asked.filter(({ image }) => image.onload !== null && image.src !== "");
  }

  /** Every element that the webview still has to keep the pixels of. */
  live(): Asked[] {
    return this.asked.filter(({ image }) => image.src !== "");
  }

  last(address: string): Asked {
    const found = this.asked.findLast((each) => each.address === address);
    if (!found) throw new Error(`${address} was not asked for, but ${this.addresses().join(" ")}`);
    return found;
  }

  load(address: string): void {
    this.last(address).image.dispatchEvent(new Event("load"));
  }

  async arrive(address: string): Promise<void> {
    this.load(address);
    this.last(address).decode();
    await frames();
  }

  async fail(address: string): Promise<void> {
    this.last(address).image.dispatchEvent(new Event("error"));
    await frames();
  }

  /** Answers until nothing is asked for any more. Returns how many were under way at most. */
  async arriveAll(): Promise<number> {
    let most = 0;
    for (let [next] = this.underWay(); next; [next] = this.underWay()) {
      most = Math.max(most, this.underWay().length);
      next.image.dispatchEvent(new Event("load"));
      next.decode();
      await new Promise((done) => setTimeout(done, 0));
    }
    await frames();
    return most;
  }
}

/** What changed has been shown, and what was given up has been told. */
export async function frames(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) {
    await new Promise((done) => requestAnimationFrame(done));
  }
}

/** Without the scheme and the file, which is the same for all. */
export function shortened(address: string): string {
  return address.replace(/^(page:\/\/localhost)?\/[^/]*/u, "");
}
