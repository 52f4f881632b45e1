/**
 * The words of a page as pieces to lay over its picture: each as wide as it is on the page, so that
 * what is selected covers what is read, whatever font the window has.
 */
import type { PageRun } from "../../../host/bindings";

/** In points of the page. */
export type Piece = {
  text: string;
  x: number;
  y: number;
  /** Degrees clockwise. */
  angle: number;
  size: number;
  width: number;
  /** The last one on its line. */
  endsLine: boolean;
};

/** On pages with more words, a run is one piece. */
const MOST_WORDS = 4000;
/** Further runs are not laid out: nobody selects in them, and each is an element. */
const MOST_RUNS = 8000;

export function piecesOf(runs: PageRun[]): Piece[] {
  const some = runs.slice(0, MOST_RUNS);
  const words = some.reduce((sum, run) => sum + (run.text.match(/\s\S/gu)?.length ?? 0) + 1, 0);
  return some.flatMap((run, index) => {
    const next = some[index + 1];
    const isFollowed = next !== undefined && isOnSameLine(run, next);
    const made = words > MOST_WORDS ? [piece(run, 0, [...run.text].length)] : byWord(run);
    const last = made.at(-1);
    // Where a line goes on after a gap, what is copied has a space there.
    if (last && isFollowed) last.text += " ";
    else if (last) last.endsLine = true;
    return made;
  });
}

/** Words with the spaces after them. */
function byWord(run: PageRun): Piece[] {
  const letters = [...run.text];
  // Words that run from right to left are put together by the browser, as a whole.
  if (isBackward(run)) return [piece(run, 0, letters.length)];
  const made: Piece[] = [];
  let start = 0;
  for (let index = 1; index <= letters.length; index += 1) {
    const isSpace = /\s/u.test(letters[index - 1] ?? "");
    const isEnd = index === letters.length;
    if (isEnd || (isSpace && !/\s/u.test(letters[index] ?? ""))) {
      made.push(piece(run, start, index));
      start = index;
    }
  }
  return made;
}

function piece(run: PageRun, start: number, end: number): Piece {
  const spans = run.spans.slice(start, end);
  const from = Math.min(...spans.map(([left]) => left));
  const to = Math.max(...spans.map(([, right]) => right));
  const turn = (run.angle * Math.PI) / 180;
  return {
    text: [...run.text].slice(start, end).join(""),
    x: run.x + from * Math.cos(turn),
    y: run.y + from * Math.sin(turn),
    angle: run.angle,
    size: run.size,
    width: Math.max(0, to - from),
    endsLine: false,
  };
}

function isBackward(run: PageRun): boolean {
  const first = run.spans[0];
  const last = run.spans.at(-1);
  return first !== undefined && last !== undefined && last[0] < first[0];
}

function isOnSameLine(a: PageRun, b: PageRun): boolean {
  const turn = (a.angle * Math.PI) / 180;
  const below = (b.y - a.y) * Math.cos(turn) - (b.x - a.x) * Math.sin(turn);
  return a.angle === b.angle && Math.abs(below) < 0.4 * Math.max(a.size, b.size);
}
