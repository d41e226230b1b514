/** Ways of writing that are counted; each word or sign in a thousand words, but the length of sentences. */
export const habitKinds = [
  "commas",
  "semicolons",
  "colons",
  "brackets",
  "dashes",
  "questions",
  "exclamations",
  "contractions",
  "firstPerson",
  "firstPersonPlural",
  "secondPerson",
] as const;
export type HabitKind = (typeof habitKinds)[number];

/** What is counted of a document. */
export interface WritingCounts {
  readonly sentences: number;
  readonly words: number;
  readonly habits: Readonly<Record<HabitKind, number>>;
  /** How often each word occurs, in lower case, with straight apostrophes. */
  readonly uses: ReadonlyMap<string, number>;
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)*/gu;
/** Not `'s`, which is a genitive as often. */
const CONTRACTION = /(?:n't|'(?:re|ve|ll|d|m))$/;

/** Signs are counted where they part or end words, not within numbers, times and addresses. */
const signs: Readonly<Partial<Record<HabitKind, RegExp>>> = {
  commas: /,(?=[\s"'”’)]|$)/g,
  semicolons: /;(?=\s|$)/g,
  colons: /:(?=\s|$)/g,
  brackets: /(?<=^|\s)\(/g,
  dashes: /—|\s–\s|\s-{1,3}\s|(?<=\p{L})--(?=\p{L})/gu,
  questions: /\?+(?=[\s"'”’)]|$)/g,
  exclamations: /!+(?=[\s"'”’)]|$)/g,
};

const persons: Readonly<Partial<Record<HabitKind, ReadonlySet<string>>>> = {
  firstPerson: new Set(["i", "me", "my", "mine", "myself"]),
  firstPersonPlural: new Set(["we", "us", "our", "ours", "ourselves"]),
  secondPerson: new Set(["you", "your", "yours", "yourself"]),
};

/** Counts words, signs and forms in the sentences of a document. */
export function countWriting(sentences: readonly string[]): WritingCounts {
  const uses = new Map<string, number>();
  let words = 0;
  for (const sentence of sentences) {
    for (const [written] of sentence.matchAll(WORD)) {
      const word = written.toLowerCase().replaceAll("’", "'");
      uses.set(word, (uses.get(word) ?? 0) + 1);
      words++;
    }
  }
  const text = sentences.join("\n");
  const habits = Object.fromEntries(habitKinds.map((kind) => [kind, countHabit(kind, text, uses)]));
  return { sentences: sentences.length, words, habits: habits as WritingCounts["habits"], uses };
}

function countHabit(kind: HabitKind, text: string, uses: ReadonlyMap<string, number>): number {
  const sign = signs[kind];
  if (sign !== undefined) return text.match(sign)?.length ?? 0;
  const person = persons[kind];
  let count = 0;
  for (const [word, times] of uses) {
    const isOne = person === undefined ? CONTRACTION.test(word) : person.has(word.split("'", 1)[0]!);
    if (isOne) count += times;
  }
  return count;
}
