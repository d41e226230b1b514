import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { NearDuplicates } from "../../src/evaluation/near-duplicates.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom, type Random } from "../../src/learning/random.ts";
import type { Tokenizer } from "../../src/plm/tokenizer.ts";
import { readPassageCache, type StoredPassage, writePassageCache } from "./passage-cache.ts";
import {
  type DealtSentiment,
  dealSentiment,
  type MeasuringSet,
  measuringSets,
  readMeasuringSets,
  type SentimentSetReport,
  tokeniseLabelled,
  tokeniseSentiment,
} from "./sentiment-data.ts";
import type { LabelledText, SentimentExample } from "./sentiment-sets.ts";
import {
  leftOutSources,
  measuringFiles,
  readDocuments,
  sentimentSources,
  type TextKind,
  type TextSource,
  textKinds,
  textSources,
} from "./sources.ts";
import {
  capHeldOut,
  type DealtDocuments,
  dealDocuments,
  groupByWriter,
  removeDuplicates,
  tokeniseDocuments,
} from "./text-data.ts";

/** Raise this when the making of the data changes: caches of other versions are made anew. */
const dataVersion = 1;

export interface BuildDataOptions {
  /** The folder with `text/` and `general/`. */
  readonly dataPath: string;
  /** Where the tokenised data is kept. */
  readonly cachePath: string;
  readonly tokenizer: Tokenizer;
  /** Decides which documents and writers are held out; 1 if absent. */
  readonly seed?: number;
  /** Told in words what is being done. */
  readonly say?: (line: string) => void;
}

export interface TextReport {
  readonly licence: string;
  readonly credit: string;
  readonly documents: number;
  readonly removedParagraphs: number;
  readonly trainPassages: number;
  readonly trainTokens: number;
  readonly heldOutPassages: number;
  readonly heldOutTokens: number;
}

export interface BuildDataReport {
  readonly text: Readonly<Record<TextKind, TextReport>>;
  readonly sentiment: Readonly<Record<string, SentimentSetReport & { readonly licence: string }>>;
  /** Writers kept out of all training, with their tokens. */
  readonly newWriters: Readonly<Record<string, number>>;
  /** Sets that are not trained on, with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
  readonly secondsToMake: number;
}

/** All that the build of the base trains and is measured on, tokenised. */
export interface BuildData {
  readonly text: Readonly<
    Record<TextKind, { readonly train: readonly Passage[]; readonly heldOut: readonly Passage[] }>
  >;
  /** Passages of the writers who are kept out of all training. */
  readonly newWriters: Readonly<Record<string, readonly Passage[]>>;
  /** The training passages whose writer is known. */
  readonly byWriter: Readonly<Record<string, readonly Passage[]>>;
  readonly sentiment: {
    readonly train: readonly SentimentExample[];
    readonly heldOut: readonly SentimentExample[];
    /** For measuring only. */
    readonly test: Readonly<Record<MeasuringSet, readonly SentimentExample[]>>;
  };
  readonly report: BuildDataReport;
}

/** Reads the tokenised data from the cache, after making it where it is missing or stale. */
export function loadBuildData(options: BuildDataOptions): BuildData {
  const path = join(options.cachePath, `data-${cacheKey(options)}.bin`);
  const cached = readPassageCache(path);
  if (cached !== undefined) {
    return assemble(cached.sections, cached.meta as BuildDataReport);
  }
  const made = makeSections(options);
  writePassageCache(path, { sections: made.sections, meta: made.report });
  return assemble(made.sections, made.report);
}

type Sections = Record<string, readonly StoredPassage[]>;

function makeSections(options: BuildDataOptions): {
  readonly sections: Sections;
  readonly report: BuildDataReport;
} {
  const startedMs = performance.now();
  const { dataPath, say = () => {} } = options;
  const random = createRandom(options.seed ?? 1);
  say("Reading the sets");
  const sentiment = dealSentiment(dataPath, random);
  const measuring = readMeasuringSets(dataPath);
  const text = textSources.map((source) => dealSource(source, dataPath, random));
  const measured = new NearDuplicates();
  for (const labelled of [...Object.values(measuring).flat(), ...sentiment.heldOut]) {
    measured.add(labelled.text);
  }
  for (const paragraph of text
    .flatMap(({ dealt }) => dealt.heldOut)
    .flatMap(({ paragraphs }) => paragraphs)) {
    measured.add(paragraph);
  }
  const textPart = makeText(text, measured, options);
  const sentimentPart = makeSentiment(sentiment, measuring, measured, options);
  return {
    sections: { ...textPart.sections, ...sentimentPart.sections },
    report: {
      ...textPart.report,
      sentiment: sentimentPart.report,
      leftOut: leftOutSources,
      secondsToMake: Math.round((performance.now() - startedMs) / 100) / 10,
    },
  };
}

interface DealtSource {
  readonly source: TextSource;
  readonly documents: number;
  readonly dealt: DealtDocuments;
}

function dealSource(source: TextSource, dataPath: string, random: Random): DealtSource {
  const documents = readDocuments(dataPath, source);
  return { source, documents: documents.length, dealt: dealDocuments(source.kind, documents, random) };
}

function makeText(
  sources: readonly DealtSource[],
  measured: NearDuplicates,
  { tokenizer, say = () => {} }: BuildDataOptions,
): { readonly sections: Sections; readonly report: Pick<BuildDataReport, "text" | "newWriters"> } {
  const sections: Sections = {};
  const text: Partial<Record<TextKind, TextReport>> = {};
  const newWriters: Passage[] = [];
  for (const { source, documents, dealt } of sources) {
    say(`Tokenising ${source.file}`);
    const cleaned = removeDuplicates(dealt.train, measured);
    const train = tokeniseDocuments(cleaned.documents, tokenizer);
    const heldOut = capHeldOut(tokeniseDocuments(dealt.heldOut, tokenizer));
    newWriters.push(...tokeniseDocuments(dealt.newWriters, tokenizer));
    sections[`text/${source.kind}/train`] = train;
    sections[`text/${source.kind}/heldOut`] = heldOut;
    text[source.kind] = {
      licence: source.licence,
      credit: source.credit,
      documents,
      removedParagraphs: cleaned.removedParagraphs,
      trainPassages: train.length,
      trainTokens: countTokens(train),
      heldOutPassages: heldOut.length,
      heldOutTokens: countTokens(heldOut),
    };
  }
  const writers = Object.entries(groupByWriter(newWriters));
  return {
    sections: { ...sections, newWriters },
    report: {
      text: text as Record<TextKind, TextReport>,
      newWriters: Object.fromEntries(writers.map(([writer, passages]) => [writer, countTokens(passages)])),
    },
  };
}

function makeSentiment(
  dealt: DealtSentiment,
  measuring: Readonly<Record<MeasuringSet, readonly LabelledText[]>>,
  measured: NearDuplicates,
  { tokenizer, say = () => {} }: BuildDataOptions,
): { readonly sections: Sections; readonly report: BuildDataReport["sentiment"] } {
  say("Tokenising the labelled sets");
  const sections: Sections = {};
  const { train, report } = tokeniseSentiment(dealt, measured, tokenizer);
  const heldOut = dealt.heldOut.map((example) => tokeniseLabelled(example, tokenizer));
  for (const { set } of sentimentSources) {
    sections[`sentiment/train/${set}`] = train.filter((example) => example.set === set);
    sections[`sentiment/heldOut/${set}`] = heldOut.filter((example) => example.set === set);
  }
  for (const set of measuringSets) {
    sections[`sentiment/test/${set}`] = measuring[set].map((example) => tokeniseLabelled(example, tokenizer));
  }
  const withLicences = sentimentSources.map(({ set, licence }) => [set, { ...report[set]!, licence }]);
  return { sections, report: Object.fromEntries(withLicences) };
}

function assemble(sections: Sections, report: BuildDataReport): BuildData {
  const section = (name: string): readonly StoredPassage[] => sections[name] ?? [];
  const examples = (part: "train" | "heldOut"): SentimentExample[] =>
    sentimentSources.flatMap(({ set }) =>
      section(`sentiment/${part}/${set}`).map((stored) => toExample(stored, set)),
    );
  const text = Object.fromEntries(
    textKinds.map((kind) => [
      kind,
      { train: section(`text/${kind}/train`), heldOut: section(`text/${kind}/heldOut`) },
    ]),
  ) as BuildData["text"];
  const test = Object.fromEntries(
    measuringSets.map((set) => [
      set,
      section(`sentiment/test/${set}`).map((stored) => toExample(stored, set)),
    ]),
  ) as unknown as BuildData["sentiment"]["test"];
  return {
    text,
    newWriters: groupByWriter(section("newWriters")),
    byWriter: groupByWriter(textKinds.flatMap((kind) => text[kind].train)),
    sentiment: { train: examples("train"), heldOut: examples("heldOut"), test },
    report,
  };
}

function toExample({ ids, words, label }: StoredPassage, set: string): SentimentExample {
  const classes = set.startsWith("goemotions") ? 3 : set.startsWith("sst5") ? 5 : 2;
  return { ids, words, set, label: label ?? 0, classes };
}

function countTokens(passages: readonly Passage[]): number {
  return passages.reduce((sum, { ids }) => sum + ids.length, 0);
}

/** Changes with anything the cached data depends on. */
function cacheKey(options: BuildDataOptions): string {
  const { dataPath, tokenizer, seed = 1 } = options;
  const files = [...textSources, ...sentimentSources]
    .map(({ file }) => file)
    .concat(Object.values(measuringFiles));
  const sizes = files.map((file) => [file, statSync(join(dataPath, file)).size]);
  const hash = createHash("sha256").update(JSON.stringify({ dataVersion, seed, sizes }));
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    hash.update(`${tokenizer.tokenOf(id)}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}
