/** How wide the window would set a text by itself. */

/** Large enough that rounding does not matter. */
const MEASURED_AT = 100;
let canvas: CanvasRenderingContext2D | null | undefined;

/** In the unit of `size`; 0 where nothing can be measured. */
export function naturalWidth(text: string, size: number): number {
  if (canvas === undefined) {
    canvas = globalThis.document.createElement("canvas").getContext("2d");
    if (canvas) canvas.font = `${MEASURED_AT}px sans-serif`;
  }
  return canvas ? (canvas.measureText(text).width * size) / MEASURED_AT : 0;
}
