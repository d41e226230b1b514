import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { measuringFiles, sentimentSources } from "../../scripts/model/labelled-sources.ts";
import { textSources } from "../../scripts/model/sources.ts";
import { createRandom, type Random } from "../../src/learning/random.ts";
import { special, wordPieceFile } from "../learner/tiny-model.ts";

/** Stands in training text and in every test but TweetEval's. */
export const leaked = "Leaked w1 w2 w3 w4 w5 w6 w7 w8 w9.";
/** Stands in training text and in TweetEval's test. */
export const quoted = "Quoted w11 w12 w13 w14 w15 w16 w17 w18 w19.";

/** Words begin where those of BERT's vocabulary do. */
export const firstWordId = 999;
const wordCount = 400;

export const vocabulary: readonly string[] = [
  ...special,
  ...[".", "leaked", "quoted", "rt"],
  ...Array.from({ length: firstWordId - special.length - 4 }, (_, number) => `[unused${number}]`),
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
    writeFileSync(path, gzipSync(`${lines.join("\n")}\n`));
  };
  for (const { kind, file } of textSources) {
    const rows = Array.from({ length: 300 }, (_, row) => {
      const text = row % 50 === 7 ? leaked : words(120, random);
      return file.endsWith(".txt.gz") ? text : JSON.stringify({ writer: `${kind} writer ${row % 3}`, text });
    });
    write(file, file.endsWith(".txt.gz") ? rows : rows.sort());
  }
  for (const { set, file } of sentimentSources("research")) {
    write(file, labelledRows(set, random));
  }
  for (const [name, file] of Object.entries(measuringFiles)) {
    const label = file.includes("goemotions")
      ? { label: "anger", labels: ["anger"] }
      : { label: name === "tweetevalTest" ? 2 : 4 };
    const texts = [leaked, words(12, random), ...(name === "tweetevalTest" ? [`rt ${quoted} w1`] : [])];
    write(
      file,
      texts.map((text) => JSON.stringify({ text, ...label })),
    );
  }
}

function labelledRows(set: string, random: Random): readonly string[] {
  const classes = set.startsWith("sst5") ? 5 : 2;
  return Array.from({ length: 60 }, (_, row) => {
    const sst = set === "mr" ? { sst: ["train", "dev", "test"][row % 3] } : {};
    const label = set === "goemotions" ? { label: "joy", labels: ["joy"] } : { label: row % classes };
    const text = row === 3 ? leaked : set === "pros_cons" && row === 6 ? quoted : words(12, random);
    return JSON.stringify({ text, ...label, ...sst });
  });
}

function words(count: number, random: Random): string {
  return `${Array.from({ length: count }, () => `w${random.integer(wordCount)}`).join(" ")}.`;
}
