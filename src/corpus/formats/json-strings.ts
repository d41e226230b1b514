/** A string of a JSON text, and where it stands. */
export interface JsonString {
  /** Where it stands in the values: names of members and numbers of items, joined by `/`: 'cells/0/source/2'. */
  readonly path: string;
  /** Its quotation marks are at `start` and `end - 1`. */
  readonly start: number;
  readonly end: number;
}

/** A text that was decoded, and where each of its code units came from. */
export interface DecodedString {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]/gsy;
const PASSED = /[^"[\]{},:]+/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

interface Container {
  readonly isList: boolean;
  readonly path: string;
  key: string | undefined;
  index: number;
}

/**
 * The strings that are values in a JSON text, in order. The text has to be well formed, as `JSON.parse` finds it.
 * @param wanted whether anything is looked for at a path or below; what is not, is passed over
 */
export function jsonStrings(
  source: string,
  start: number,
  wanted: (path: string) => boolean,
): readonly JsonString[] {
  const found: JsonString[] = [];
  const open: Container[] = [];
  let at = start;
  while (at < source.length) {
    PASSED.lastIndex = at;
    if (PASSED.test(source)) at = PASSED.lastIndex;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source)?.[0];
    if (token === undefined) break;
    const within = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ isList: token === "[", path: pathIn(within), key: undefined, index: 0 });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === ",") {
      if (within !== undefined) Object.assign(within, { key: undefined, index: within.index + 1 });
    } else if (token !== ":") {
      if (within?.isList === false && within.key === undefined) within.key = token.slice(1, -1);
      else if (wanted(pathIn(within))) found.push({ path: pathIn(within), start: at, end: TOKEN.lastIndex });
    }
    at = TOKEN.lastIndex;
  }
  return found;
}

/** Deep paths are cut, as nothing is looked for there. */
function pathIn(within: Container | undefined): string {
  if (within === undefined) return "";
  const { path, isList, index, key = "" } = within;
  return path.length > 200 ? path : `${path === "" ? "" : `${path}/`}${isList ? index : key}`;
}

/** Strings of a JSON text joined, with the place in the source of each code unit. */
export function decodeJsonStrings(source: string, strings: readonly JsonString[]): DecodedString {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { start, end } of strings) {
    for (let at = start + 1; at < end - 1; ) {
      const length = source[at] !== "\\" ? 1 : source[at + 1] === "u" ? 6 : 2;
      const escaped = source[at + 1] ?? "";
      if (length === 1) units.push(source[at]!);
      else if (length === 6)
        units.push(String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16)));
      else units.push(ESCAPES[escaped] ?? escaped);
      starts.push(at);
      ends.push(at + length);
      at += length;
    }
  }
  return { text: units.join(""), starts, ends };
}
