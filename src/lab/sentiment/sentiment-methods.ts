import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import type { PromptReadings } from "./read-with-prompts.ts";
import type { ReadWriter } from "./read-writers.ts";
import { type FieldPrior, WriterField } from "./writer-field.ts";

/** What was chosen on other writers. */
export interface SentimentChoices {
  readonly scale: OrdinalScale;
  readonly priors: Readonly<Record<"bias" | "memory" | "field", FieldPrior>>;
  /** Shares of what prompts and field move in the blend, 0 to 1. */
  readonly blend: Blend;
}

export interface Blend {
  readonly prompts: number;
  readonly field: number;
}

export const sentimentMethods = ["general", "bias", "memory", "prompts", "personal", "wrongWriter"] as const;
export type SentimentMethod = (typeof sentimentMethods)[number];

/** For each method the latent valences of a writer's later texts. */
export type MethodLatents = Readonly<Record<SentimentMethod, readonly number[]>>;

/** Reads the later texts of each writer by all methods; the wrong writer is the next one. */
export function readByMethods(
  writers: readonly ReadWriter[],
  prompts: readonly PromptReadings[],
  { scale, priors, blend }: SentimentChoices,
): readonly MethodLatents[] {
  const fieldsOf = (prior: FieldPrior) => writers.map(({ known }) => WriterField.fit(known, scale, prior));
  const [bias, memory, field] = [priors.bias, priors.memory, priors.field].map(fieldsOf);
  return writers.map(({ later }, at) => {
    const next = (at + 1) % writers.length;
    const general = later.map(({ latent }) => latent);
    const moved = (by: WriterField) => later.map((text) => text.latent + by.shiftAt(text));
    const { own, others } = prompts[at]!;
    return {
      general,
      bias: moved(bias![at]!),
      memory: moved(memory![at]!),
      prompts: own,
      personal: blendLatents(general, own, moved(field![at]!), blend),
      wrongWriter: blendLatents(general, others, moved(field![next]!), blend),
    };
  });
}

/** v + α·(v under prompts − v) + β·(v moved by the field − v). */
export function blendLatents(
  general: readonly number[],
  prompted: readonly number[],
  moved: readonly number[],
  { prompts, field }: Blend,
): readonly number[] {
  return general.map(
    (latent, at) => latent + prompts * (prompted[at]! - latent) + field * (moved[at]! - latent),
  );
}
