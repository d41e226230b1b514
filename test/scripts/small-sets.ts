import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { sentimentSources } from "../../scripts/model/labelled-sources.ts";
import { textSources } from "../../scripts/model/sources.ts";
import { type LabelledRow, measuringSources } from "../../src/lab/measures/measuring-sources.ts";
import { createRandom, type Random } from "../../src/numbers/random.ts";
import { special, wordPieceFile } from "../learner/tiny-model.ts";

/** Stands in training text and in every test but TweetEval's. */
export const leaked = "Leaked w1 w2 w3 w4 w5 w6 w7 w8 w9.";
/** Stands in training text and in TweetEval's test. */
export const quoted = "Quoted w11 w12 w13 w14 w15 w16 w17 w18 w19.";

/** Stands in a post, and is a paragraph that a voice is measured on. */
export const spoken = "Spoken w21 w22 w23 w24 w25 w26 w27 w28 w29.";

/** Words begin where those of BERT's vocabulary do. */
export const firstWordId = 999;
const wordCount = 400;

export const vocabulary: readonly string[] = [
  ...special,
  ...[".", "leaked", "quoted", "rt", "spoken", "measured"],
  ...Array.from({ length: firstWordId - special.length - 6 }, (_, number) => `[unused${number}]`),
  ...Array.from({ length: wordCount }, (_, number) => `w${number}`),
];

/** tokenizer.json of the words that the sets consist of. */
export const tokenizerFile = wordPieceFile(vocabulary);

/** Writes small files in the place of every set that a build reads, of random words. */
export function writeSets(dataPath: string): void {
  const random = createRandom("words");
  const write = (file: string, lines: readonly string[]): void => {
    const path = join(dataPath, file);
    mkdirSync(dirname(path), { recursive: true });
    const text = `${lines.join("\n")}\n`;
    writeFileSync(path, file.endsWith(".gz") ? gzipSync(text) : text);
  };
  for (const { kind, file } of textSources) {
    if (kind === "blogs") {
      write(file, asLines(blogRows(random)));
      continue;
    }
    const rows = Array.from({ length: 300 }, (_, row) => {
      const text = row % 50 === 7 ? leaked : words(120, random);
      return file.endsWith(".txt.gz") ? text : JSON.stringify({ writer: `${kind} writer ${row % 3}`, text });
    });
    write(file, file.endsWith(".txt.gz") ? rows : rows.sort());
  }
  for (const { set, file } of sentimentSources("research")) {
    write(file, asLines(labelledRows(set, random)));
  }
  const measured = Map.groupBy(Object.entries(measuringSources), ([, { file }]) => file);
  const trained = new Set(sentimentSources("research").map(({ file }) => file));
  for (const [file, sets] of measured) {
    const texts = [leaked, words(12, random), ...(sets[0]![0] === "tweeteval" ? [`rt ${quoted} w1`] : [])];
    if (!trained.has(file)) write(file, asLines(texts.map((text) => ({ text, ...measuredLabel(file) }))));
  }
  write("voice/rewrites.jsonl.gz", asLines([{ original: spoken, light: spoken, full: spoken }]));
}

const asLines = (rows: readonly object[]): readonly string[] => rows.map((row) => JSON.stringify(row));

function measuredLabel(file: string): Partial<LabelledRow> {
  if (file.includes("goemotions")) return { label: "anger", labels: ["anger"] };
  if (file.includes("checklist")) return { expected: "neg" };
  return { label: file.includes("tweeteval") || file.includes("prose") ? 2 : 4 };
}

/** Sets with parts have a test part, sets of writers one of each kind of writer. */
function labelledRows(set: string, random: Random): readonly LabelledRow[] {
  const { classes } = sentimentSources("research").find((source) => source.set === set)!;
  return Array.from({ length: 60 }, (_, row) => {
    const text = row === 3 ? leaked : set === "pros_cons" && row === 6 ? quoted : words(12, random);
    const label = row % classes;
    const parts = ["train", "test", "devtest", "dev"];
    switch (set) {
      case "goemotions":
        return { text, label: "joy", labels: ["joy"] };
      case "mr":
        return { text, label, sst: ["train", "dev", "test"][row % 3] };
      case "vader_movie":
        return { text, label, sst: row % 3 === 1 ? "dev" : "train", near_sst_dev_test: row % 3 === 2 };
      case "prose":
        return { text: writtenBy(row, text), label: row % 6 === 5 ? "x" : label - 2, writer: writerOf(row) };
      case "hard":
      case "prose_uncertain":
        return { text, label: label - 2 };
      case "newsmtsc":
      case "dev_so":
      case "dev_github":
      case "emobank":
        return {
          text: row === 7 ? leaked : text,
          label,
          split: parts[row % 4],
          genre: row % 5 ? "blog" : "SemEval",
        };
      default:
        return { text, label };
    }
  });
}

/** Posts of five writers, of whom one is kept for the dev sets and one for the measured blogs. */
function blogRows(random: Random): readonly object[] {
  return Array.from({ length: 200 }, (_, row) => {
    const writer = writerOf(row);
    const body = row % 40 === 8 ? `${words(30, random)} ${spoken}` : words(120, random);
    const date = row % 7 === 6 ? null : `20${String(10 + Math.floor(row / 10)).padStart(2, "0")}-01-01`;
    return { writer, path: `posts/${row}.md`, date, text: `${english} ${writtenBy(row, body)}` };
  });
}

/** By which a post is known to be English, which numbered words are not. */
const english = Array.from(
  { length: 20 },
  (_, day) => `On day ${day} this was what they had to say about it.`,
).join(" ");
const writers = ["ann", "julia-silge", "bob", "ruben-schade", "cy"];
const writerOf = (row: number): string => writers[row % writers.length]!;
/** Marks what a writer who is left out wrote. */
const writtenBy = (row: number, text: string): string =>
  ["julia-silge", "ruben-schade"].includes(writerOf(row)) ? `Measured ${text}` : text;

function words(count: number, random: Random): string {
  return `${Array.from({ length: count }, () => `w${random.integer(wordCount)}`).join(" ")}.`;
}
