import { createHash } from "node:crypto";
import { z } from "zod";
import { type ModelDirectory, readModelDirectory } from "../plm/files/model-directory.ts";
import { readSharedPrompts } from "../plm/files/shared-prompts.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { loadSharedPrompts } from "../prompts/shared-prompts.ts";
import { decodePrompts, encodePrompts, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import type { NamedBlobs } from "../store/database/named-blobs.ts";
import { parseTagLearned, type TagLearned } from "../tags/tag-learning.ts";
import { parseToneLearned, type ToneLearned } from "../tone/writer/tone-learning.ts";
import { decodeVoice, encodeVoice, type KeptVoice } from "../voice/kept-voice.ts";
import { ProfileDamagedError, ProfileFormatError } from "./errors.ts";
import { type LearnedDocuments, parseLearnedDocuments } from "./learned-documents.ts";

/** Format of a profile's blobs; a reader refuses others. */
export const profileFormatVersion = 1;

/** What was learned of a writer, as it is used for reading. */
export interface WriterProfile {
  /** The writer's prompts; absent where there was too little text to learn any. */
  readonly prompts?: SoftPrompts | undefined;
  readonly tags?: TagLearned | undefined;
  readonly tone?: ToneLearned | undefined;
  /** Prompts that readings of tone are made under, beside the general ones; absent where they did not prove themselves. */
  readonly tonePrompts?: SoftPrompts | undefined;
  /** Absent where none was to be learned, or there was too little text. */
  readonly voice?: KeptVoice | undefined;
}

/** A writer's prompts as they are learned on from. */
export interface LearnedPrompts {
  /** Kept with each profile: a delta says nothing without them. */
  readonly shared: SoftPrompts;
  readonly delta: SoftPrompts;
  readonly learned: LearnedDocuments;
}

export interface NewProfile {
  readonly prompts?: LearnedPrompts | undefined;
  readonly tags?: TagLearned | undefined;
  readonly tone?: ToneLearned | undefined;
  /** Whole ones, not a delta. */
  readonly tonePrompts?: SoftPrompts | undefined;
  readonly voice?: KeptVoice | undefined;
}

/** A profile as named parts. */
export function encodeProfile({ prompts, tags, tone, tonePrompts, voice }: NewProfile): NamedBlobs {
  return {
    ...(prompts === undefined
      ? {}
      : {
          shared: encodePrompts(prompts.shared),
          delta: encodePrompts(prompts.delta),
          learned: encodeJson(prompts.learned),
        }),
    ...(tags === undefined ? {} : { tags: encodeJson(tags) }),
    ...(tone === undefined ? {} : { tone: encodeJson(tone) }),
    ...(tonePrompts === undefined ? {} : { tonePrompts: encodePrompts(tonePrompts) }),
    ...(voice === undefined ? {} : { voice: encodeVoice(voice) }),
  };
}

/**
 * The inverse of `encodeProfile`.
 * Throws ProfileFormatError for a format of another version, ProfileDamagedError for parts that are damaged or hold
 * numbers that are not finite.
 */
export function decodeProfile(formatVersion: number, blobs: NamedBlobs): WriterProfile {
  if (formatVersion !== profileFormatVersion) {
    throw new ProfileFormatError(formatVersion, profileFormatVersion);
  }
  const { shared, delta, tags, tone, tonePrompts, voice } = blobs;
  return orDamaged(() => ({
    prompts: shared && delta && personalPrompts(decodePrompts(shared), decodePrompts(delta)),
    tags: tags && parseTagLearned(decodeJson(tags)),
    tone: tone && parseToneLearned(decodeJson(tone)),
    tonePrompts: tonePrompts && decodePrompts(tonePrompts),
    voice: voice && decodeVoice(voice),
  }));
}

/**
 * What a profile's prompts can be learned on from; undefined where it has none, or was learned by a version that
 * did not keep which documents it had seen. Throws ProfileDamagedError.
 */
export function decodeLearnedPrompts({ shared, delta, learned }: NamedBlobs): LearnedPrompts | undefined {
  if (shared === undefined || delta === undefined || learned === undefined) {
    return undefined;
  }
  return orDamaged(() => ({
    shared: decodePrompts(shared),
    delta: decodePrompts(delta),
    learned: parseLearnedDocuments(decodeJson(learned)),
  }));
}

function orDamaged<T>(decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw new ProfileDamagedError(damageOf(cause), cause);
  }
}

function damageOf(cause: unknown): string {
  if (!(cause instanceof z.ZodError))
    return cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
  const { path = [], message = "" } = cause.issues[0] ?? {};
  return `${path.join(".")}: ${message}`;
}

/** A model with the prompts that the general reading uses. */
export interface GeneralReader {
  readonly model: PretrainedModel;
  /** Of documents' vectors and of hidden words, and what writers start from; absent for a model that ships without. */
  readonly prompts?: SoftPrompts;
  /** Of the general tone: the same, or none where the model's config.json says `"tone_prompts": false`. */
  readonly tonePrompts?: SoftPrompts;
  /** Names model and prompts together: vectors and profiles of different readers do not fit each other. */
  readonly id: string;
}

export function generalReader(model: PretrainedModel): GeneralReader {
  const prompts = loadSharedPrompts(model);
  const id = idOf(model.directory, prompts);
  if (prompts === undefined) return { model, id };
  return { model, prompts, ...(model.config.tone_prompts ? { tonePrompts: prompts } : {}), id };
}

/** The id that the general reader of a model directory has; nothing is unpacked. Throws as `readModelDirectory`. */
export async function generalReaderId(modelPath: string): Promise<string> {
  const directory = await readModelDirectory(modelPath);
  return idOf(directory, readSharedPrompts(directory));
}

function idOf({ id }: ModelDirectory, prompts: SoftPrompts | undefined): string {
  if (prompts === undefined) return id;
  const bytes = new Uint8Array(prompts.values.buffer, prompts.values.byteOffset, prompts.values.byteLength);
  return createHash("sha256").update(id).update(bytes).digest("hex");
}

function encodeJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), "utf8");
}

function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}
