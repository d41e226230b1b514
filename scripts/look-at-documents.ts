/*
 * Shows what is read of real documents, for the eye, and how much of their prose that is by a rough count of others.
 *
 *   node scripts/look-at-documents.ts --clones DIR [--format Org] [--show 20] [--each]
 *
 * --clones   where clones of public repositories lie, as OWNER/NAME; scripts/public-documents.txt names the documents
 * --format   only the documents of this name in that list
 * --show     so many sentences of each document, all with signs of markup, and what seems to have been dropped
 * --each     a row for each document
 *
 * The other count is pandoc's (AsciiDoc first goes through asciidoctor; both have to be on the PATH): the words of its
 * document without code, math, quotations, tables and raw markup. Plain text is counted by lines.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { parseArgs } from "node:util";
import { formatTable } from "../bench/table.ts";
import { parseSource } from "../src/corpus/parse-document.ts";
import { type Passage, referencePassages } from "./documents/reference-passages.ts";
import { codeAsRead, hasSignsOfMarkup } from "./documents/signs-of-markup.ts";

interface Named {
  readonly format: string;
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
}

interface Look extends Named {
  readonly sentences: readonly string[];
  readonly signed: readonly string[];
  /** Words of the prose by the other count, and how many of them were read. */
  readonly words: number;
  readonly kept: number;
  readonly dropped: readonly Passage[];
  readonly own: readonly string[];
}

const { values } = parseArgs({
  options: {
    clones: { type: "string" },
    format: { type: "string" },
    show: { type: "string", default: "0" },
    each: { type: "boolean", default: false },
  },
});
const list = readFileSync(join(import.meta.dirname, "public-documents.txt"), "utf8");
const named = list
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line): Named => {
    const [format = "", repository = "", commit = "", path = ""] = line.split("\t");
    return { format, repository, commit, path };
  })
  .filter(({ format }) => values.format === undefined || format === values.format);
if (values.clones === undefined) throw new Error("Say where the clones lie: --clones DIR");
const clones = values.clones;
const looks = named.map(lookAt);
for (const look of looks) show(look, Number(values.show));
console.log(table(looks, values.each));

function lookAt(document: Named): Look {
  const source = contentOf(document);
  const prose = parseSource(source, `/${document.path}`);
  const sentences = prose.sentences.map(({ plain }) => plain);
  const code = codeAsRead(
    prose.parts.filter(({ kind }) => kind === "code").map(({ start, end }) => source.slice(start, end)),
  );
  const read = [...sentences, ...prose.headings.map(({ plain }) => plain)];
  const passages = referenceOf(source, document.path);
  const counts = countsOf(read);
  const all = countsOf(passages.map(({ text }) => text));
  const words = sum(all.values());
  const kept = sum(all.entries().map(([word, count]) => Math.min(count, counts.get(word) ?? 0)));
  const pairs = pairsOf(read);
  const others = pairsOf(passages.map(({ text }) => text));
  return {
    ...document,
    sentences,
    signed: sentences.filter((sentence) => hasSignsOfMarkup(sentence, code)),
    words,
    kept,
    dropped: passages.filter(({ text }) => shareIn(text, pairs) < 0.6),
    own: sentences.filter((sentence) => shareIn(sentence, others) < 0.5),
  };
}

/** None where the other program cannot read a document; it says so, and the document counts for its signs alone. */
function referenceOf(source: string, path: string): readonly Passage[] {
  try {
    return referencePassages(source, path);
  } catch (cause) {
    console.error(`No other count for ${path}: ${String(cause).slice(0, 200)}`);
    return [];
  }
}

function contentOf({ repository, commit, path }: Named): string {
  const git = spawnSync("git", ["-C", join(clones, repository), "show", `${commit}:${path}`], {
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  if (git.status !== 0) throw new Error(`${repository} has no ${path} at ${commit}: ${git.stderr}`);
  return git.stdout;
}

function show({ repository, path, sentences, signed, dropped, own }: Look, some: number): void {
  if (some === 0) return;
  console.log(`\n===== ${repository} ${path} (${extname(path)}, ${sentences.length} sentences)`);
  const step = Math.max(1, sentences.length / some);
  for (let at = 0; at < sentences.length; at += step) console.log(`  ${sentences[Math.floor(at)]}`);
  for (const sentence of signed) console.log(`  MARKUP? ${sentence.slice(0, 300)}`);
  for (const { kind, text } of dropped) console.log(`  DROPPED? ${kind}: ${text.slice(0, 200)}`);
  for (const sentence of own) console.log(`  NO PROSE? ${sentence.slice(0, 200)}`);
}

function table(all: readonly Look[], isEach: boolean): string {
  const groups = Map.groupBy(all, ({ format, repository, path }) =>
    isEach ? `${format}: ${repository} ${path}` : format,
  );
  const rows = Array.from(groups, ([name, looks]) => {
    const count = (of: (look: Look) => number) => sum(looks.map(of));
    const [sentences, signed] = [count((look) => look.sentences.length), count((look) => look.signed.length)];
    const [words, kept] = [count((look) => look.words), count((look) => look.kept)];
    const repositories = new Set(looks.map(({ repository }) => repository)).size;
    return [
      name,
      ...[repositories, looks.length, sentences, words].map(String),
      words === 0 ? "–" : percent(kept / words),
      sentences === 0 ? "–" : percent(signed / sentences),
    ];
  });
  const heading = ["documents", "repositories", "files", "sentences", "words", "kept", "with markup"];
  return formatTable(heading, rows);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function sum(numbers: Iterable<number>): number {
  return Iterator.from(numbers).reduce((all, one) => all + one, 0);
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flatMap(wordsOf)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Words that follow one another, and words alone where a text has one only. */
function pairsIn(text: string): readonly string[] {
  const words = wordsOf(text);
  return words.length < 2 ? words : words.slice(1).map((word, at) => `${words[at]} ${word}`);
}

function pairsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => [...pairsIn(text), ...wordsOf(text)]));
}

function shareIn(text: string, known: ReadonlySet<string>): number {
  const pairs = pairsIn(text);
  return pairs.length === 0 ? 1 : pairs.filter((pair) => known.has(pair)).length / pairs.length;
}
