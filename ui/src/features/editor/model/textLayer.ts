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

/**
 * Lines whose ways differ by fewer degrees run the same way; steps of fewer font sizes stay on the
 * line; and letters stand about so much of their size below its upper edge. The host puts the runs
 * of a page in order by the same measures.
 */
const SAME_WAY = 3;
const SAME_LINE = 0.4;
const ASCENT = 0.8;

function isOnSameLine(a: PageRun, b: PageRun): boolean {
  const lean = ((((b.angle - a.angle + 180) % 360) + 360) % 360) - 180;
  if (Math.abs(lean) > SAME_WAY) return false;
  // From where the one ends to where the other begins, so that a scan's lines may lean.
  const from = standing(a, Math.max(0, ...a.spans.map(([, right]) => right)));
  const to = standing(b, 0);
  const turn = ((a.angle + lean / 2) * Math.PI) / 180;
  const below = (to.y - from.y) * Math.cos(turn) - (to.x - from.x) * Math.sin(turn);
  return Math.abs(below) <= SAME_LINE * Math.max(a.size, b.size);
}

/** The point of the baseline so far along the run. */
function standing({ x, y, angle, size }: PageRun, along: number) {
  const turn = (angle * Math.PI) / 180;
  const below = ASCENT * size;
  return {
    x: x + along * Math.cos(turn) - below * Math.sin(turn),
    y: y + along * Math.sin(turn) + below * Math.cos(turn),
  };
}
