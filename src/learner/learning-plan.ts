import { createHash } from "node:crypto";
import { z } from "zod";
import { toldAround } from "../corpus/files/paths.ts";
import { type GeneralReader, profileFormatVersion } from "../profile/profile.ts";
import type { LearningOptions } from "../protocol/learner.ts";
import type { Correction } from "../store/corrections/correction.ts";
import { asJson, type JsonValue } from "../store/database/columns.ts";
import type { AcceptedTag } from "../store/repositories/accepted-tags.ts";
import type { Store } from "../store/store.ts";

const decidingOptionsShape = z.object({
  seed: z.number(),
  maximumPassages: z.number(),
  epochs: z.number(),
  minimumSteps: z.number(),
  peakRate: z.number(),
  tokensPerStep: z.number(),
  promptLength: z.number(),
  /** Absent where no voice is learned. */
  voice: z.literal(true).optional(),
});

const planShape = z.object({
  format: z.number(),
  reader: z.string(),
  /** Hash over paths and contents of all documents. */
  documents: z.string(),
  /** Ids of the corrections that counted. */
  corrections: z.array(z.string()),
  /** Short hashes of the tags that were taken from suggestions. */
  acceptedTags: z.array(z.string()),
  options: decidingOptionsShape,
  /** Those that were chosen to be read; empty: what the model reads. */
  languages: z.array(z.string()).default([]),
  /** Those of folders that have their own. */
  languagesByFolder: z.record(z.string(), z.array(z.string())).default({}),
  /** The profile version that is learned on from; absent where all is learned anew. */
  from: z.string().optional(),
});

/**
 * Everything that decides what is learned: the same plan gives the same profile.
 *
 * It is kept with its run and is the snapshot that the run works on, however often it is paused or killed and whatever
 * program it goes on in. The text itself is not copied: while a run is unfinished the store's documents and labels stay
 * as they were when it began, since the files on disk are not looked at before it has ended. Of corrections and accepted
 * tags, which come in at any time, the plan names those that count. What was saved or taught meanwhile is learned by
 * the next run, which begins where this one ends. Text that may not be learned from any more is erased at
 * once, of course: then the documents are no longer the plan's, and the run is given up.
 */
export type LearningPlan = Readonly<z.infer<typeof planShape>>;

/** What is to be learned as things stand now. */
export function presentPlan(
  store: Store,
  writerId: number,
  reader: GeneralReader,
  options: LearningOptions,
): LearningPlan {
  const { languages = [], byFolder = {} } = store.writers.chosenFiles(writerId) ?? {};
  const own = Object.entries(byFolder).flatMap(([folder, choice]) => {
    const ofFolder = choice.languages ?? [];
    return ofFolder.join() === languages.join() ? [] : [[folder, ofFolder] as const];
  });
  return {
    format: profileFormatVersion,
    reader: reader.id,
    documents: documentsHash(store, writerId),
    corrections: store.corrections.current(writerId).map(({ id }) => id),
    acceptedTags: store.acceptedTags.list(writerId).map(acceptedKey),
    options: decidingOptionsShape.parse({ ...options, voice: options.voice || undefined }),
    languages: [...languages],
    languagesByFolder: Object.fromEntries(own),
  };
}

/** The languages that are read of a document; empty: what the model reads. */
export function plannedLanguages(
  { languages, languagesByFolder }: Pick<LearningPlan, "languages" | "languagesByFolder">,
  path: string,
): readonly string[] {
  return toldAround(languagesByFolder, path) ?? languages;
}

/** The plan of a run; undefined for one of an earlier version of Idiolect, which kept no snapshot. */
export function planOf(kept: JsonValue): LearningPlan | undefined {
  return planShape.safeParse(kept).data;
}

export const planAsJson = (plan: LearningPlan): JsonValue => asJson(plan);

/** Whether the store still has the text that the plan was made of. */
export function isWhole(plan: LearningPlan, store: Store, writerId: number): boolean {
  return plan.documents === documentsHash(store, writerId);
}

/** Whether two plans learn the same, wherever they begin. */
export function learnTheSame(a: LearningPlan, b: LearningPlan): boolean {
  const comparable = ({ from: _, ...plan }: LearningPlan) => JSON.stringify(planShape.parse(plan));
  return comparable(a) === comparable(b);
}

/** Corrections that the plan knows, as far as they were not withdrawn since. */
export function plannedCorrections(
  { corrections }: LearningPlan,
  store: Store,
  writerId: number,
): readonly Correction[] {
  const planned = new Set(corrections);
  return store.corrections.list(writerId).filter(({ id }) => planned.has(id));
}

/** Accepted tags that the plan knows. */
export function plannedAcceptedTags(
  { acceptedTags }: LearningPlan,
  store: Store,
  writerId: number,
): readonly AcceptedTag[] {
  const planned = new Set(acceptedTags);
  return store.acceptedTags.list(writerId).filter((tag) => planned.has(acceptedKey(tag)));
}

function documentsHash(store: Store, writerId: number): string {
  const hash = createHash("sha256");
  for (const document of store.documents.list(writerId)) {
    hash.update(`${document.path}\0${document.hash}\n`);
  }
  // What counts as a tag in one document is said by the others, too.
  for (const { path, tag, kind, counts } of store.documents.tagUses(writerId)) {
    if (counts && (kind === "hashtag" || kind === "word")) hash.update(`${path}\0${tag}\n`);
  }
  return hash.digest("hex");
}

function acceptedKey({ path, textHash, tag }: AcceptedTag): string {
  return createHash("sha256").update(`${path}\0${textHash}\0${tag}`).digest("hex").slice(0, 16);
}
