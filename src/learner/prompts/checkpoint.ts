import { z } from "zod";
import type { IntermediateState } from "../../learning/intermediate-learning.ts";
import { figuresShape } from "../../profile/report.ts";
import type { Checkpoint } from "../../store/repositories/learning-runs.ts";

const resumeShape = z.object({
  stopping: z.object({
    best: z.object({ loss: z.number(), step: z.number() }).optional(),
    withoutGain: z.number(),
  }),
  curve: z.array(
    z.object({
      epoch: z.number(),
      step: z.number(),
      trainLoss: z.number().optional(),
      gradientNorm: z.number().optional(),
      skippedSteps: z.number().optional(),
      heldOut: figuresShape.optional(),
    }),
  ),
  epochLosses: z.array(z.number()),
  epochNorms: z.array(z.number()).optional(),
  epochSkipped: z.number().optional(),
  /** Adam's count of steps, by parameter. */
  adamSteps: z.record(z.string(), z.number()),
});

/** A state of intermediate learning as a checkpoint. Values stay 32-bit, so that a resumed run is the same run. */
export function toCheckpoint(state: IntermediateState): Checkpoint {
  const { step, delta, best, adam, ...loop } = state;
  const moments = Object.entries(adam);
  const resume = {
    ...loop,
    adamSteps: Object.fromEntries(moments.map(([name, moment]) => [name, moment.step])),
  };
  return {
    step,
    resume: z.json().parse(JSON.parse(JSON.stringify(resume))),
    blobs: {
      delta: bytesOf(delta),
      best: bytesOf(best),
      ...Object.fromEntries(moments.map(([name, { mean }]) => [`mean ${name}`, bytesOf(mean)])),
      ...Object.fromEntries(moments.map(([name, { square }]) => [`square ${name}`, bytesOf(square)])),
    },
  };
}

/** The inverse of `toCheckpoint`. Throws ZodError for a checkpoint of another kind. */
export function fromCheckpoint({ step, resume, blobs }: Checkpoint): IntermediateState {
  const { adamSteps, curve, stopping, ...rest } = resumeShape.parse(resume);
  const floats = (name: string): Float32Array => floatsOf(z.instanceof(Uint8Array).parse(blobs[name]));
  return {
    step,
    delta: floats("delta"),
    best: floats("best"),
    adam: Object.fromEntries(
      Object.entries(adamSteps).map(([name, count]) => [
        name,
        { step: count, mean: floats(`mean ${name}`), square: floats(`square ${name}`) },
      ]),
    ),
    ...present(rest),
    stopping: present(stopping),
    curve: curve.map(present),
  };
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** What was absent in JSON is absent, not `undefined`. */
function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Present<T>;
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
}

function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}
