import { z } from "zod";
import { areaUnderCurve } from "../../numbers/area-under-curve.ts";
import { createRandom, type Random } from "../../numbers/random.ts";
import { learnAssistant } from "../../voice/learn-assistant.ts";
import { evidenceFor, type LearnedVoice, learnVoice } from "../../voice/learn-voice.ts";
import { type Evidence, evidenceKinds, weigh } from "../../voice/ranker.ts";
import type { PassageVectors, VoiceBackground } from "../../voice/voice-background.ts";
import { countBlanks, fewestWords } from "../../voice/voice-passages.ts";
import type { Post, RewrittenText } from "./rewritten-texts.ts";

/** `together` is what the product shows; the others are its parts, each alone. */
export const voiceMethods = ["together", ...evidenceKinds] as const;
export type VoiceMethod = (typeof voiceMethods)[number];

const measuredShape = z.object({ light: z.number(), full: z.number(), area: z.number() });

/** What was measured of one writer. */
export const writerResultShape = z.object({
  writer: z.string(),
  /** Pairs of each kind. */
  pairs: z.number(),
  /** Passages learned from, and those that the area under the curve is of. */
  learned: z.number(),
  heldOut: z.number(),
  strangers: z.number(),
  methods: z.record(z.enum(voiceMethods), measuredShape),
});
export type WriterResult = z.infer<typeof writerResultShape>;

export interface VoiceSetting {
  /** All posts, of all writers. */
  readonly posts: readonly Post[];
  readonly rewrites: readonly RewrittenText[];
  /** Says what assistants do. Impostors are the other writers of the posts. */
  readonly background: Pick<VoiceBackground, "assistant" | "rewritten">;
  /** A passage in the background's space. */
  readonly vectorsOf: (text: string) => PassageVectors;
  readonly seed: number;
}

/** Most passages of the writer that are learned from, of each impostor, and that are measured of each side. */
const mostOwn = 400;
const mostOfImpostor = 15;
const mostHeldOut = 50;
const mostOfStranger = 10;
/** One other writer in five is a stranger: no impostor, but somebody to be told apart. */
const strangerEvery = 5;

/**
 * Learns a writer from all but the newest tenth of the posts, with other writers as impostors, and measures: how often
 * an original scores higher than its rewriting, and the area under the curve of the newest tenth against strangers.
 */
export async function measureWriter(writer: string, setting: VoiceSetting): Promise<WriterResult> {
  const { posts, rewrites, seed, vectorsOf } = setting;
  const random = createRandom(seed);
  const draw = (texts: readonly Post[], most: number, group?: string) =>
    drawPassages(texts, most, random.fork(texts[0]?.writer ?? "")).map(({ document, text }) => ({
      group: group ?? document,
      vectors: vectorsOf(text),
    }));
  const byOthers = [...Map.groupBy(posts, (post) => post.writer)].filter(([name]) => name !== writer);
  const isStranger = (at: number): boolean => at % strangerEvery === strangerEvery - 1;
  const { older, newest } = splitPosts(posts.filter((post) => post.writer === writer));
  const own = draw(older, mostOwn);
  const impostors = byOthers
    .filter((_, at) => !isStranger(at))
    .flatMap(([name, texts]) => draw(texts, mostOfImpostor, name));
  const voice = await learnVoice(own, impostors, assistantFor(writer, setting), random);
  const score = (vectors: PassageVectors): Scores => scoresOf(voice, evidenceFor(voice, vectors));
  const heldOut = draw(newest, mostHeldOut).map(({ vectors }) => score(vectors));
  const strangers = byOthers
    .filter((_, at) => isStranger(at))
    .flatMap(([, texts]) => draw(texts, mostOfStranger).map(({ vectors }) => score(vectors)));
  const scoreIfLong = (text: string): Scores | undefined =>
    countBlanks(text) < fewestWords ? undefined : score(vectorsOf(text));
  const pairs = rewrites
    .filter((one) => one.writer === writer)
    .map(({ original, light, full }) => ({
      original: scoreIfLong(original),
      light: scoreIfLong(light),
      full: scoreIfLong(full),
    }));
  const methods = voiceMethods.map((method) => {
    const right = (kind: "light" | "full"): number =>
      pairs.filter(({ original, [kind]: rewritten }) => isAbove(original?.[method], rewritten?.[method]))
        .length;
    const area = areaUnderCurve(
      heldOut.map((one) => one[method]),
      strangers.map((one) => one[method]),
    );
    return [method, { light: right("light"), full: right("full"), area }] as const;
  });
  return {
    writer,
    pairs: pairs.length,
    learned: own.length,
    heldOut: heldOut.length,
    strangers: strangers.length,
    methods: Object.fromEntries(methods) as WriterResult["methods"],
  };
}

type Scores = Readonly<Record<VoiceMethod, number>>;

const scoresOf = ({ ranker }: LearnedVoice, evidence: Evidence): Scores => ({
  together: weigh(ranker, evidence),
  ...evidence,
});

/** Not where there is no score: an abstention is no right answer. */
const isAbove = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && a > b;

/**
 * What assistants do, as the product has it; for a writer whose rewritten paragraphs that was learned from, it is learned
 * from those of the others among them.
 */
function assistantFor(
  writer: string,
  { rewrites, background: { assistant, rewritten }, seed, vectorsOf }: VoiceSetting,
): Float32Array {
  if (!rewritten.includes(writer)) return assistant;
  const charactersOf = (text: string) => vectorsOf(text).characters;
  return learnAssistant(
    rewrites
      .filter((one) => one.writer !== writer && rewritten.includes(one.writer))
      .map(({ original, light, full }) => ({
        original: charactersOf(original),
        rewritten: [charactersOf(light), charactersOf(full)],
      })),
    createRandom(seed),
  );
}

/** The newest tenth of the posts, and at least the newest one with a passage, is held out. */
function splitPosts(posts: readonly Post[]): Readonly<Record<"older" | "newest", readonly Post[]>> {
  const sorted = posts.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const withPassages = sorted.findLastIndex(({ passages }) => passages.length > 0);
  const cut = Math.min(withPassages, sorted.length - Math.max(1, Math.round(sorted.length / 10)));
  return { older: sorted.slice(0, cut), newest: sorted.slice(cut) };
}

/** Passages drawn by chance from all of some posts. */
function drawPassages(
  posts: readonly Post[],
  most: number,
  random: Random,
): readonly { readonly document: string; readonly text: string }[] {
  const all = posts.flatMap(({ name, passages }) => passages.map((text) => ({ document: name, text })));
  return random.shuffle(all).slice(0, most);
}
