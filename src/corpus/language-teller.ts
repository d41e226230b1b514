import { type Fields, textField } from "../front-matter/fields.ts";
import { canonicalLanguage, languageNamed } from "../front-matter/languages.ts";

const LANGUAGE_FIELDS: readonly string[] = ["lang", "language", "locale"];

/** Without evidence a sentence is English. */
const DEFAULT_LANGUAGE = "en";
/** What must speak for another language; in a score of n-grams times words, as all evidence here. */
const ENOUGH = 40;
/** Evidence of a sentence of fewer words than `FEWEST_WORDS`, at most: a name or a date decides nothing alone. */
const MOST_OF_SHORT = 30;
const FEWEST_WORDS = 3;
/** What a sentence says of its neighbour, at most; half of it of the next one, and so on. */
const MOST_FOR_NEIGHBOUR = 25;
/** Sentences on each side that are looked at. */
export const NEIGHBOURS = 4;
const SENTENCES_PER_SLICE = 32;
const MOST_KNOWN = 8_000;
/** What a document says of its own language. */
const DECLARED = 40;

/** Enough letters for n-grams; more only cost time. */
const SAMPLE_CHARACTERS = 200;

/** Words that no other language in Latin letters writes often. */
const ENGLISH_WORDS: ReadonlySet<string> = new Set(
  "the and that this with you your are from they their what which there would could should been were because when where while then than these those my our who how why it it's i'm don't of to but not some".split(
    " ",
  ),
);
/** So many different ones, and such a share of all words, are English without further looking: most sentences are. */
const FEWEST_ENGLISH = 2;
const ENGLISH_SHARE = 0.25;
const PLAINLY_ENGLISH = -200;
/** English as well, however few words there are: no other language has such words one behind the other. */
const OF_ONESELF =
  /(?<![\p{L}'])I (?:am|was|had|did|would|could|should|think|thought|felt|hate|don't|can't|didn't|won't)(?!\p{L})/u;

const WORD = /\p{L}[\p{L}\p{M}]*/gu;
const WORD_WITH_APOSTROPHE = /\p{L}[\p{L}\p{M}']*/gu;
const LATIN_LETTER = /\p{Script=Latin}/u;

/** What is used of eld. A score is x / (x + 25), where x is the mean score of an n-gram. */
interface Detector {
  detect(text: string): { readonly language: string; getScores(): Readonly<Record<string, number>> };
}

/** What a sentence alone says: of another language where above zero, of English below. */
interface Evidence {
  readonly language: string;
  readonly strength: number;
}

/** Languages of a document, and of each of its sentences. */
export interface ToldLanguages {
  /** ISO 639-1 where there is one, else 639-3; undefined where neither fields nor words say it. */
  readonly document: string | undefined;
  /** One for each sentence, in order; 'en' where nothing speaks against it. */
  readonly sentences: readonly string[];
}

/**
 * Tells the languages of sentences apart, by n-grams of letters (the package eld) and by what stands around them.
 * A sentence is in another language than English only with enough evidence; a short one takes it from its neighbours
 * and from what the document says of itself. `scripts/measure-languages.ts` measures how often this is right.
 */
export class LanguageTeller {
  readonly #detector: Detector;
  /** Sentences that were looked at; after an edit most are the same. */
  readonly #known = new Map<string, Evidence>();

  private constructor(detector: Detector) {
    this.#detector = detector;
  }

  /** Loads the n-grams with the first call, a tenth of a second. */
  static async open(): Promise<LanguageTeller> {
    const { eld } = await import("eld/extrasmall");
    return new LanguageTeller(eld);
  }

  /** @param sentences as a reader sees them, without markup */
  tell(fields: Fields, sentences: readonly string[]): ToldLanguages {
    return toldBy(
      sentences.map((sentence) => this.#evidenceOf(sentence)),
      sentences,
      declaredLanguage(fields),
    );
  }

  /** The same, waiting for `breathe` now and then. */
  async tellInSlices(
    fields: Fields,
    sentences: readonly string[],
    breathe: () => Promise<void>,
  ): Promise<ToldLanguages> {
    const evidence: Evidence[] = [];
    for (const [at, sentence] of sentences.entries()) {
      if (at % SENTENCES_PER_SLICE === 0) await breathe();
      evidence.push(this.#evidenceOf(sentence));
    }
    return toldBy(evidence, sentences, declaredLanguage(fields));
  }

  /** The language of one sentence; only its neighbours are looked at. */
  tellOne(fields: Fields, sentences: readonly string[], at: number): string {
    const from = Math.max(0, at - NEIGHBOURS);
    const around = sentences.slice(from, at + NEIGHBOURS + 1).map((sentence) => this.#evidenceOf(sentence));
    return languageAt(around, at - from, declaredLanguage(fields));
  }

  #evidenceOf(sentence: string): Evidence {
    const known = this.#known.get(sentence);
    if (known !== undefined) return known;
    const evidence = this.#detect(sentence);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(sentence, evidence);
    return evidence;
  }

  #detect(sentence: string): Evidence {
    const words = countWords(sentence);
    const none = { language: DEFAULT_LANGUAGE, strength: 0 };
    if (words === 0) return none;
    if (isPlainlyEnglish(sentence)) return { language: DEFAULT_LANGUAGE, strength: PLAINLY_ENGLISH };
    let [language, other, english] = ["", 0, 0];
    for (const [code, score] of Object.entries(
      this.#detector.detect(sentence.slice(0, SAMPLE_CHARACTERS)).getScores(),
    )) {
      if (code === DEFAULT_LANGUAGE) english = score;
      else if (score > other) [language, other] = [code, score];
    }
    const strength = words * (meanScore(other) - meanScore(english));
    const limit = words < FEWEST_WORDS ? MOST_OF_SHORT : Number.POSITIVE_INFINITY;
    return {
      language: strength > 0 ? language : DEFAULT_LANGUAGE,
      strength: Math.max(-limit, Math.min(limit, strength)),
    };
  }
}

function toldBy(
  evidence: readonly Evidence[],
  sentences: readonly string[],
  declared: string | undefined,
): ToldLanguages {
  const told = evidence.map((_, at) => languageAt(evidence, at, declared));
  return { document: declared ?? mostTold(sentences, told, evidence), sentences: told };
}

/** The language that a document gives for itself. */
export function declaredLanguage(fields: Fields): string | undefined {
  const given = textField(fields, LANGUAGE_FIELDS);
  const category = textField(fields, ["category"]);
  return (
    (given === undefined ? undefined : (canonicalLanguage(given) ?? languageNamed(given))) ??
    (category === undefined ? undefined : languageNamed(category))
  );
}

function isPlainlyEnglish(sentence: string): boolean {
  const written = sentence.replaceAll("’", "'");
  if (OF_ONESELF.test(written)) return true;
  const words = written.toLowerCase().match(WORD_WITH_APOSTROPHE) ?? [];
  const english = words.filter((word) => ENGLISH_WORDS.has(word));
  return new Set(english).size >= FEWEST_ENGLISH && english.length >= ENGLISH_SHARE * words.length;
}

const meanScore = (scaled: number): number => (25 * scaled) / (1 - scaled);

/** Two letters of a script other than Latin count as a word: some of these scripts put no spaces. */
function countWords(sentence: string): number {
  let count = 0;
  for (const [word] of sentence.matchAll(WORD)) {
    count += LATIN_LETTER.test(word[0]!) ? 1 : Math.max(1, word.length / 2);
  }
  return count;
}

/** Sums what the sentence, its neighbours and the document say for each language. */
function languageAt(evidence: readonly Evidence[], at: number, declared: string | undefined): string {
  const own = evidence[at]!;
  const byLanguage = new Map<string, number>();
  let total = 0;
  const add = (language: string, strength: number): void => {
    total += strength;
    if (strength > 0) byLanguage.set(language, (byLanguage.get(language) ?? 0) + strength);
  };
  add(own.language, own.strength);
  for (let distance = 1; distance <= NEIGHBOURS; distance++) {
    const share = 0.5 ** (distance - 1);
    for (const { language, strength } of [evidence[at - distance], evidence[at + distance]].filter(
      (neighbour) => neighbour !== undefined,
    )) {
      const limited = Math.max(-MOST_FOR_NEIGHBOUR, Math.min(MOST_FOR_NEIGHBOUR, strength));
      add(language, (share * limited) / 2);
    }
  }
  if (declared !== undefined) add(declared, declared === DEFAULT_LANGUAGE ? -DECLARED : DECLARED);
  if (total < ENOUGH) return DEFAULT_LANGUAGE;
  let told = own.language;
  let most = 0;
  for (const [language, strength] of byLanguage) {
    if (strength > most) [told, most] = [language, strength];
  }
  return told;
}

/** The language with most letters; undefined where no sentence speaks for any. */
function mostTold(
  sentences: readonly string[],
  told: readonly string[],
  evidence: readonly Evidence[],
): string | undefined {
  if (evidence.every(({ strength }) => Math.abs(strength) < ENOUGH)) return undefined;
  const letters = new Map<string, number>();
  for (const [at, language] of told.entries()) {
    letters.set(language, (letters.get(language) ?? 0) + sentences[at]!.length);
  }
  return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
