import { createHash } from "node:crypto";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { loadSharedPrompts } from "../prompts/shared-prompts.ts";
import { decodePrompts, encodePrompts, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import type { NamedBlobs } from "../store/named-blobs.ts";
import { ProfileFormatError } from "./errors.ts";

/** Format of a profile's blobs; a reader refuses others. */
export const profileFormatVersion = 1;

/** What was learned of a writer, as it is used for reading. */
export interface WriterProfile {
  /** The writer's prompts; absent where there was too little text to learn any. */
  readonly prompts?: SoftPrompts;
  /** What the tag ranker learned. */
  readonly tags?: unknown;
  /** What the tone reading learned. */
  readonly tone?: unknown;
}

export interface NewProfile {
  readonly shared: SoftPrompts;
  readonly delta?: SoftPrompts;
  readonly tags?: unknown;
  readonly tone?: unknown;
}

/** A profile as named parts. The shared prompts are kept, too: a delta says nothing without them. */
export function encodeProfile({ shared, delta, tags, tone }: NewProfile): NamedBlobs {
  return {
    ...(delta === undefined ? {} : { shared: encodePrompts(shared), delta: encodePrompts(delta) }),
    ...(tags === undefined ? {} : { tags: encodeJson(tags) }),
    ...(tone === undefined ? {} : { tone: encodeJson(tone) }),
  };
}

/**
 * The inverse of `encodeProfile`.
 * Throws ProfileFormatError for a format of another version, PromptShapeError for damaged prompts.
 */
export function decodeProfile(formatVersion: number, blobs: NamedBlobs): WriterProfile {
  if (formatVersion !== profileFormatVersion) {
    throw new ProfileFormatError(formatVersion, profileFormatVersion);
  }
  const { shared, delta, tags, tone } = blobs;
  return {
    ...(shared === undefined || delta === undefined
      ? {}
      : { prompts: personalPrompts(decodePrompts(shared), decodePrompts(delta)) }),
    ...(tags === undefined ? {} : { tags: decodeJson(tags) }),
    ...(tone === undefined ? {} : { tone: decodeJson(tone) }),
  };
}

/** A model with the prompts that the general reading uses. */
export interface GeneralReader {
  readonly model: PretrainedModel;
  /** Absent for a model that ships without: then the general reading has no prompts. */
  readonly prompts?: SoftPrompts;
  /** Names model and prompts together: vectors and profiles of different readers do not fit each other. */
  readonly id: string;
}

export function generalReader(model: PretrainedModel): GeneralReader {
  const prompts = loadSharedPrompts(model);
  if (prompts === undefined) {
    return { model, id: model.id };
  }
  const bytes = new Uint8Array(prompts.values.buffer, prompts.values.byteOffset, prompts.values.byteLength);
  const id = createHash("sha256").update(model.id).update(bytes).digest("hex");
  return { model, prompts, id };
}

function encodeJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), "utf8");
}

function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}
