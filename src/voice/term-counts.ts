/** How often each term of a passage occurs, by the term's number below `termNumbers`; in order of the numbers. */
export interface TermCounts {
  readonly ids: Uint16Array;
  readonly counts: Uint8Array;
}

/** Terms get numbers by a hash: which of them share one is up to chance, and none has to be kept by name. */
export const termNumbers = 2 ** 16;

/** Kinds of terms. They are numbered apart from each other. */
export const termKinds = ["characters", "words"] as const;
export type TermKind = (typeof termKinds)[number];

/** A stretch of a passage, in UTF-16 code units, that is one use of a term. */
export interface TermUse {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

const characterRuns = [2, 3, 4] as const;
const wordRuns = [1, 2, 3] as const;
const TOKEN = /\p{L}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)*|\p{N}+|[^\s\p{L}\p{N}]/gu;
const ENDING = /(?:ing|ed|ly|['’]?s)$/u;

export function termCounts(text: string, kind: TermKind, common: ReadonlySet<string>): TermCounts {
  const counts = new Map<number, number>();
  for (const { id } of termUses(text, kind, common)) counts.set(id, Math.min(255, (counts.get(id) ?? 0) + 1));
  const ids = Uint16Array.from(counts.keys()).sort();
  return { ids, counts: Uint8Array.from(ids, (id) => counts.get(id)!) };
}

/** All uses of terms of a kind, and where they stand. */
export function termUses(text: string, kind: TermKind, common: ReadonlySet<string>): readonly TermUse[] {
  return kind === "characters" ? characterUses(text) : wordUses(text, common);
}

/** Runs of two to four characters, blanks and capitals as they are. */
function characterUses(text: string): readonly TermUse[] {
  const padded = ` ${text} `;
  return characterRuns.flatMap((length) =>
    Array.from({ length: Math.max(0, padded.length - length + 1) }, (_, at) => ({
      id: hash(padded, at, at + length, length),
      start: Math.max(0, at - 1),
      end: Math.min(text.length, at + length - 1),
    })),
  );
}

/**
 * Runs of one to three words and signs, in which a word that is not common stands for its form alone: what a text is
 * about is gone, how it is said is left (text distortion, Stamatatos 2017).
 */
function wordUses(text: string, common: ReadonlySet<string>): readonly TermUse[] {
  const tokens = [
    { form: "^", start: 0, end: 0 },
    ...Array.from(text.matchAll(TOKEN), ({ 0: token, index }) => ({
      form: formOf(token, common),
      start: index,
      end: index + token.length,
    })),
    { form: "$", start: text.length, end: text.length },
  ];
  return wordRuns.flatMap((length) =>
    Array.from({ length: Math.max(0, tokens.length - length + 1) }, (_, at) => {
      const run = tokens.slice(at, at + length);
      const joined = run.map(({ form }) => form).join(" ");
      return { id: hash(joined, 0, joined.length, 16 + length), start: run[0]!.start, end: run.at(-1)!.end };
    }),
  );
}

function formOf(token: string, common: ReadonlySet<string>): string {
  const lower = token.toLowerCase();
  if (common.has(lower)) return lower;
  if (/^\p{N}/u.test(token)) return "0";
  if (!/^\p{L}/u.test(token)) return token;
  const capital = /^\p{Lu}/u.test(token) ? "X" : "x";
  return capital + (ENDING.exec(lower)?.[0] ?? "");
}

/** FNV-1a over UTF-16 code units, mixed and folded to the number of a term. */
function hash(text: string, start: number, end: number, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (let at = start; at < end; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) & (termNumbers - 1);
}
