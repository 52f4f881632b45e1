import { describe, expect, test } from "vitest";
import type { PageRun } from "../../../host/bindings";
import { piecesOf } from "./textLayer";

/** Each letter is 5 points wide. */
function run(text: string, by: Partial<PageRun> = {}): PageRun {
  const spans = Array.from(text, (_, index): [number, number] => [5 * index, 5 * index + 5]);
  return { text, x: 100, y: 200, angle: 0, size: 10, baseline: 208, spans, ...by };
}

describe("the pieces of a page's text", () => {
  test("are words with the spaces after them, where the page has them", () => {
    const pieces = piecesOf([run("the  old clause")]);
    expect(pieces.map(({ text, x, width }) => [text, x, width])).toEqual([
      ["the  ", 100, 25],
      ["old ", 125, 20],
      ["clause", 145, 30],
    ]);
    expect(pieces.map(({ endsLine }) => endsLine)).toEqual([false, false, true]);
  });

  test("count a letter beyond the first plane as one", () => {
    const [first, second] = piecesOf([run("a😀 b")]);
    expect([first?.text, first?.width, second?.text, second?.x]).toEqual(["a😀 ", 15, "b", 115]);
  });

  test("follow a line that is turned", () => {
    const [, second] = piecesOf([run("up we", { angle: 270 })]);
    expect(second?.text).toBe("we");
    expect(second?.x).toBeCloseTo(100);
    expect(second?.y).toBeCloseTo(185);
  });

  test("leave words that run from right to left in one piece", () => {
    const spans: [number, number][] = [
      [15, 20],
      [10, 15],
      [5, 10],
      [0, 5],
    ];
    const pieces = piecesOf([run("אב ג", { spans })]);
    expect(pieces.map(({ text, x, width }) => [text, x, width])).toEqual([["אב ג", 100, 20]]);
  });

  test("are copied as one line where a line goes on after a gap, and else as lines", () => {
    const pieces = piecesOf([run("Name"), run("Ada", { x: 300, y: 201 }), run("Town", { y: 214 })]);
    const copied = pieces.map(({ text, endsLine }) => text + (endsLine ? "\n" : "")).join("");
    expect(copied).toBe("Name Ada\nTown\n");
  });

  test("are one line on a scan that lies askew, where each piece leans by itself", () => {
    const at = (angle: number, along: number, below: number): Partial<PageRun> => {
      const turn = (angle * Math.PI) / 180;
      return {
        x: 100 + along * Math.cos(turn) - below * Math.sin(turn),
        y: 200 + along * Math.sin(turn) + below * Math.cos(turn),
      };
    };
    for (const angle of [1.6, 358.9, 91, 270]) {
      const pieces = piecesOf([
        run("Name", { angle, ...at(angle, 0, 0) }),
        run("Ada", { angle: (angle + 0.4) % 360, ...at(angle, 300, 0.5) }),
        // As high a baseline, though its letters are larger.
        run("Martin", { angle, size: 16, ...at(angle, 400, -4.8) }),
        run("Town", { angle, ...at(angle, 0, 13) }),
      ]);
      const copied = pieces.map(({ text, endsLine }) => text + (endsLine ? "\n" : "")).join("");
      expect(copied, `${angle} degrees`).toBe("Name Ada Martin\nTown\n");
    }
  });

  test("stay few on a page with very many words", () => {
    const many = Array.from({ length: 9000 }, () => run("two words"));
    expect(piecesOf(many)).toHaveLength(8000);
  });
});
