import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { measuringSources } from "../../src/lab/measures/measuring-sources.ts";
import type { Passage } from "../../src/learning/passages.ts";
import type { Tokenizer } from "../../src/plm/tokens/tokenizer.ts";
import type { BuildDataReport, TextReport } from "./data-report.ts";
import { type DealOptions, type DealtData, dealData } from "./deal-data.ts";
import { leftOutSources, sentimentSources } from "./labelled-sources.ts";
import { rewritesFile } from "./left-out.ts";
import { readPassageCache, type StoredPassage, writePassageCache } from "./passage-cache.ts";
import { type MeasuringSet, measuringSets, tokeniseLabelled, tokeniseSentiment } from "./sentiment-data.ts";
import type { SentimentExample } from "./sentiment-sets.ts";
import { type TextKind, textKinds, textSources } from "./sources.ts";
import { capHeldOut, groupByWriter, tokeniseDocuments } from "./text-data.ts";

/** Raise this when the making of the data changes: caches of other versions are made anew. */
const dataVersion = 2;

export interface BuildDataOptions extends DealOptions {
  /** Where the tokenised data is kept. */
  readonly cachePath: string;
  readonly tokenizer: Tokenizer;
  /** Told in words what is being done. */
  readonly say?: (line: string) => void;
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

interface Made<Report> {
  readonly sections: Sections;
  readonly report: Report;
}

function makeSections(options: BuildDataOptions): Made<BuildDataReport> {
  const startedMs = performance.now();
  const { kind = "open", say = () => {} } = options;
  say("Reading the sets");
  const dealt = dealData(options);
  const textPart = makeText(dealt, options);
  const sentimentPart = makeSentiment(dealt, options);
  return {
    sections: { ...textPart.sections, ...sentimentPart.sections },
    report: {
      kind,
      ...textPart.report,
      sentiment: sentimentPart.report,
      leftOutOfTests: dealt.leftOutOfTests,
      leftOut: leftOutSources(kind),
      secondsToMake: Math.round((performance.now() - startedMs) / 100) / 10,
    },
  };
}

function makeText(
  { text: sources }: DealtData,
  { tokenizer, say = () => {} }: BuildDataOptions,
): Made<Pick<BuildDataReport, "text" | "newWriters">> {
  const sections: Sections = {};
  const text: Partial<Record<TextKind, TextReport>> = {};
  const newWriters: Passage[] = [];
  for (const { source, documents, dealt, removedParagraphs } of sources) {
    say(`Tokenising ${source.file}`);
    const train = tokeniseDocuments(dealt.train, tokenizer);
    const heldOut = capHeldOut(tokeniseDocuments(dealt.heldOut, tokenizer));
    newWriters.push(...tokeniseDocuments(dealt.newWriters, tokenizer));
    sections[`text/${source.kind}/train`] = train;
    sections[`text/${source.kind}/heldOut`] = heldOut;
    text[source.kind] = {
      licence: source.licence,
      credit: source.credit,
      documents,
      removedParagraphs,
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
  { sentiment: dealt, cleaned, measuring }: DealtData,
  { tokenizer, kind = "open", say = () => {} }: BuildDataOptions,
): Made<BuildDataReport["sentiment"]> {
  say("Tokenising the labelled sets");
  const sections: Sections = {};
  const { train, report } = tokeniseSentiment(dealt, cleaned, tokenizer);
  const heldOut = dealt.heldOut.map((example) => tokeniseLabelled(example, tokenizer));
  const sources = sentimentSources(kind);
  for (const { set } of sources) {
    sections[`sentiment/train/${set}`] = train.filter((example) => example.set === set);
    sections[`sentiment/heldOut/${set}`] = heldOut.filter((example) => example.set === set);
  }
  for (const set of measuringSets) {
    sections[`sentiment/test/${set}`] = measuring[set].map((example) => tokeniseLabelled(example, tokenizer));
  }
  const withLicences = sources.map(({ set, licence }) => [set, { ...report[set]!, licence }]);
  return { sections, report: Object.fromEntries(withLicences) };
}

function assemble(sections: Sections, report: BuildDataReport): BuildData {
  const section = (name: string): readonly StoredPassage[] => sections[name] ?? [];
  const examples = (part: "train" | "heldOut"): SentimentExample[] =>
    sentimentSources(report.kind).flatMap(({ set, classes }) =>
      section(`sentiment/${part}/${set}`).map((stored) => toExample(stored, set, classes)),
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
      section(`sentiment/test/${set}`).map((stored) => toExample(stored, set, measuringSources[set].classes)),
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

function toExample({ ids, words, label }: StoredPassage, set: string, classes: 2 | 3 | 5): SentimentExample {
  return { ids, words, set, label: label ?? 0, classes };
}

function countTokens(passages: readonly Passage[]): number {
  return passages.reduce((sum, { ids }) => sum + ids.length, 0);
}

/** Changes with anything the cached data depends on. */
function cacheKey(options: BuildDataOptions): string {
  const { dataPath, tokenizer, kind = "open", seed = 1 } = options;
  const sources = [...textSources, ...sentimentSources(kind), ...Object.values(measuringSources)];
  const files = new Set([...sources.map(({ file }) => file), rewritesFile]);
  const sizes = [...files].map((file) => [
    file,
    statSync(join(dataPath, file), { throwIfNoEntry: false })?.size ?? 0,
  ]);
  const hash = createHash("sha256").update(JSON.stringify({ dataVersion, seed, sizes }));
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    hash.update(`${tokenizer.tokenOf(id)}\n`);
  }
  // Whether emoji are read as their names is no matter of the vocabulary.
  hash.update(tokenizer.encodeWords("🙂").ids.join(" "));
  return hash.digest("hex").slice(0, 16);
}
