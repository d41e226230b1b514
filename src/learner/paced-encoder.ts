import type { Passage } from "../learning/passages.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";
import { type EncodedReading, TextEncoder } from "../tone/reading/text-encoder.ts";
import type { LearningContext } from "./learning-context.ts";

/** Tokens that are read before the pace is asked again how long a run may be. */
const tokensPerAsking = 4_096;

/** A text encoder whose runs follow the pace of the learner while it reads. */
export class PacedEncoder extends TextEncoder {
  constructor({ model, job, pace }: Pick<LearningContext, "model" | "job" | "pace">) {
    super(model, {
      threads: job.options.threads,
      get tokensPerRun() {
        return pace.tokensPerRun;
      },
    });
  }

  /** As an encoder reads. Texts of similar length are read together, so that cutting the work up adds no padding. */
  override async read(
    texts: readonly Pick<Passage, "ids">[],
    prompts?: SoftPrompts,
    breathe?: () => Promise<void>,
  ): Promise<readonly EncodedReading[]> {
    const order = [...texts.keys()].sort((a, b) => texts[a]!.ids.length - texts[b]!.ids.length || a - b);
    const readings: EncodedReading[] = new Array(texts.length);
    for (let from = 0; from < order.length; ) {
      let tokens = 0;
      let to = from;
      while (to < order.length && tokens < tokensPerAsking) {
        tokens += texts[order[to]!]!.ids.length;
        to++;
      }
      const part = order.slice(from, to);
      const read = await super.read(
        part.map((row) => texts[row]!),
        prompts,
        breathe,
      );
      for (const [at, row] of part.entries()) {
        readings[row] = read[at]!;
      }
      from = to;
    }
    return readings;
  }
}
