import { z } from "zod";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { Method, Training } from "../contestant.ts";

/*
 * What the benchmark and a peer process say to each other, one JSON object a line: requests on the
 * peer's standard input, one answer each on its standard output.
 */

export type PeerRequest =
  | {
      readonly kind: "load";
      /** A safetensors file, float32: the weights by name, and the values of the prompts or of the method. */
      readonly weights: string;
      readonly config: ModelConfig;
      readonly training: Training | Method;
      readonly threads: number;
      readonly rate: number;
    }
  | {
      readonly kind: "step";
      /** Whether the step changes what is trained; without, only the loss is wanted. */
      readonly update: boolean;
      readonly batch: number;
      readonly length: number;
      /** [batch · length], row by row. */
      readonly ids: readonly number[];
      /** 1 at tokens, 0 at padding. */
      readonly mask: readonly number[];
      /** Flat places of the tokens to predict, and those tokens. */
      readonly positions: readonly number[];
      readonly targets: readonly number[];
      /** 1 at tokens to be told as replaced; where it is there, nothing is to be predicted. PyTorch alone does this. */
      readonly replaced?: readonly number[];
    };

export type LoadRequest = Extract<PeerRequest, { kind: "load" }>;
export type StepRequest = Extract<PeerRequest, { kind: "step" }>;

export const peerAnswerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("loaded"), name: z.string() }),
  z.object({ kind: z.literal("stepped"), loss: z.number(), milliseconds: z.number() }),
  /** The peer cannot take part; nothing is broken. */
  z.object({ kind: z.literal("absent"), reason: z.string() }),
]);

export type PeerAnswer = z.infer<typeof peerAnswerSchema>;
