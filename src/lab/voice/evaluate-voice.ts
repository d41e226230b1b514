import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { UsageError } from "../../cli/errors.ts";
import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { createRandom } from "../../numbers/random.ts";
import type { NamedBackground } from "../../voice/named-background.ts";
import { PassageSpace, type PassageVectors } from "../../voice/voice-background.ts";
import { formatPlural } from "../../words/format.ts";
import { keepResult } from "../sentiment/kept-results.ts";
import {
  measureWriter,
  type VoiceMethod,
  voiceMethods,
  type WriterResult,
  writerResultShape,
} from "./measure-writer.ts";
import { readPosts, readRewrites } from "./rewritten-texts.ts";

/** In how many pairs the original scores higher than its rewriting. */
export interface PairsWon {
  readonly right: number;
  readonly of: number;
}

export interface MethodFigures {
  readonly pairs: { readonly light: PairsWon; readonly full: PairsWon };
  /** Mean over writers of how often a held-out passage of the writer scores higher than a stranger's; 95 % bootstrap. */
  readonly areaUnderCurve: Interval;
}

/** The answer of `idiolect lab evaluate voice --json`. */
export interface VoiceEvaluation {
  readonly version: 1;
  readonly pairs: MethodFigures["pairs"];
  readonly areaUnderCurve: Interval & { readonly writers: readonly MeasuredWriter[] };
  readonly methods: Readonly<Record<VoiceMethod, MethodFigures>>;
  /** Writers of rewritten paragraphs who have too few posts to be learned, and those measured who have none. */
  readonly leftOut: readonly string[];
}

export interface MeasuredWriter {
  readonly writer: string;
  readonly area: number;
  readonly light: PairsWon;
  readonly full: PairsWon;
  /** Passages that were learned from, and the newest ones that the area is of. */
  readonly learned: number;
  readonly heldOut: number;
}

export interface VoiceRequest {
  readonly posts: string;
  readonly rewrites: string;
  readonly background: NamedBackground;
  readonly seed: number;
  /** Where the results of writers are kept, so that a run that was cut short goes on. */
  readonly folder: string;
}

/** Part of what kept results depend on: other numbers are not to be mixed with these. */
const method = 5;
/** Posts with passages of which a writer's parts and the newest tenth can be made. */
const fewestPosts = 6;
/** Beside a writer: four to learn apart from, and a stranger. */
const fewestOthers = 5;

/**
 * Learns each writer of the rewritten paragraphs and measures how well the voice tells the writer's own from others'.
 * Throws UsageError for files with other lines, without a paragraph, or with text of too few writers.
 */
export async function evaluateVoice(
  { posts: postsFile, rewrites: rewritesFile, background, seed, folder }: VoiceRequest,
  told: (done: number, of: number) => void = () => {},
): Promise<VoiceEvaluation> {
  const rewrites = readRewrites(rewritesFile);
  if (rewrites.length === 0) throw new UsageError(`There are no rewritten paragraphs in ${rewritesFile}.`);
  const posts = readPosts(postsFile, rewrites);
  const counts = Map.groupBy(
    posts.filter(({ passages }) => passages.length > 0),
    ({ writer }) => writer,
  );
  if (counts.size <= fewestOthers)
    throw new UsageError(
      `In ${postsFile} there is text of ${formatPlural(counts.size, "writer")}. A voice is told apart from those of ${fewestOthers} others or more: give posts by more writers.`,
    );
  const all = [...new Set(rewrites.map(({ writer }) => writer))];
  const hasPosts = (writer: string): boolean => (counts.get(writer)?.length ?? 0) >= fewestPosts;
  const writers = all.filter(hasPosts);
  const files = [postsFile, rewritesFile].map((path) =>
    createHash("sha256").update(readFileSync(path)).digest("hex"),
  );
  const setting = { posts, rewrites, background, seed, vectorsOf: rememberedVectors(background) };
  const results: WriterResult[] = [];
  for (const writer of writers) {
    const name = `voice-${createHash("sha256").update(writer).digest("hex").slice(0, 8)}`;
    const dependsOn = [method, seed, background.id, ...files, writer];
    results.push(
      await keepResult(folder, { name, dependsOn, shape: writerResultShape }, () =>
        measureWriter(writer, setting),
      ),
    );
    told(results.length, writers.length);
  }
  const methods = Object.fromEntries(
    voiceMethods.map((one) => [one, figuresOf(one, results, seed)]),
  ) as VoiceEvaluation["methods"];
  return {
    version: 1,
    pairs: methods.together.pairs,
    areaUnderCurve: { ...methods.together.areaUnderCurve, writers: results.map(measuredWriter) },
    methods,
    leftOut: all.filter((writer) => !hasPosts(writer)),
  };
}

/** Impostors' passages are the same for all writers. */
function rememberedVectors(background: NamedBackground): (text: string) => PassageVectors {
  const space = new PassageSpace(background);
  const known = new Map<string, PassageVectors>();
  return (text) => {
    const vectors = known.get(text) ?? space.vectors(text);
    known.set(text, vectors);
    return vectors;
  };
}

function figuresOf(one: VoiceMethod, results: readonly WriterResult[], seed: number): MethodFigures {
  const won = (kind: "light" | "full"): PairsWon => ({
    right: results.reduce((sum, { methods }) => sum + methods[one][kind], 0),
    of: results.reduce((sum, { pairs }) => sum + pairs, 0),
  });
  const areas = results.map(({ methods }) => methods[one].area);
  return {
    pairs: { light: won("light"), full: won("full") },
    areaUnderCurve: pairedBootstrap(areas, createRandom(seed)),
  };
}

function measuredWriter({
  writer,
  pairs,
  learned,
  heldOut,
  methods: { together },
}: WriterResult): MeasuredWriter {
  const { area, light, full } = together;
  return {
    writer,
    area,
    light: { right: light, of: pairs },
    full: { right: full, of: pairs },
    learned,
    heldOut,
  };
}
