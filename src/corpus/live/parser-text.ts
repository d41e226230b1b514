/** Signs of a line, and of a run without a blank, that are looked at as they stand. */
const LONGEST_LINE = 10_000;
const LONGEST_RUN = 10_000;
/** Of a longer run its first and last signs: an address of data keeps what is around it. */
const ENDS_OF_RUN = 1_000;

const LONG_RUN = new RegExp(`\\S{${LONGEST_RUN + 1},}`, "g");
/** A blank between two sentences that a line of Markdown may begin behind, without being a list or a heading. */
const GAP = /[.!?…]["'”’)\]]? (?=\p{L})/gu;
const OTHER_GAP = / (?=\p{L})/gu;
/** One of so many gaps, told by the signs before it, so that an edit moves few others. */
const GAPS_PER_CUT = 32;
const SIGNS_BEFORE = 8;

/**
 * A source as the parser is to see it, sign by sign at the same place: front matter is one blank line, a byte order
 * mark a blank, each line end one that the parser knows. A line of any length is cut into lines where sentences end,
 * and what has no blank for thousands of signs is a word: so no piece that is parsed at one go is large.
 */
export function parserText(source: string, bodyStart: number): string {
  let body = source.slice(bodyStart).replace(/^\uFEFF/, " ");
  if (body.includes("\r")) body = body.replace(/\r\n/g, " \n").replaceAll("\r", "\n");
  return " ".repeat(bodyStart) + withCutLines(body);
}

function withCutLines(text: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (end - start > LONGEST_LINE) {
      pieces.push(text.slice(done, start), cutLine(withShortRuns(text.slice(start, end))));
      done = end;
    }
    start = end + 1;
  }
  return pieces.length === 0 ? text : pieces.join("") + text.slice(done);
}

function withShortRuns(line: string): string {
  return line.replace(
    LONG_RUN,
    (run) => run.slice(0, ENDS_OF_RUN) + "x".repeat(run.length - 2 * ENDS_OF_RUN) + run.slice(-ENDS_OF_RUN),
  );
}

/** The line with line ends in place of some of its blanks. */
function cutLine(line: string): string {
  const pieces: string[] = [];
  let start = 0;
  const cut = (at: number): void => {
    pieces.push(line.slice(start, at));
    start = at + 1;
  };
  // Where no sentence ends for long.
  const cutUpTo = (end: number): void => {
    while (end - start > LONGEST_LINE) {
      OTHER_GAP.lastIndex = start + LONGEST_LINE;
      const at = OTHER_GAP.exec(line)?.index;
      if (at === undefined || at >= end) return;
      cut(at);
    }
  };
  for (const { 0: gap, index } of line.matchAll(GAP)) {
    const at = index + gap.length - 1;
    if (at - start > 2 * LONGEST_LINE) cutUpTo(at);
    if (at - start > LONGEST_LINE || isCut(line.slice(Math.max(0, at - SIGNS_BEFORE), at))) cut(at);
  }
  cutUpTo(line.length);
  pieces.push(line.slice(start));
  return pieces.join("\n");
}

function isCut(before: string): boolean {
  let sum = 0;
  for (let at = 0; at < before.length; at++) sum = (sum * 31 + before.charCodeAt(at)) % 65_521;
  return sum % GAPS_PER_CUT === 0;
}
