import type { MaskableText } from "../../../learning/objectives/masked-lm-objective.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import { maskedLmLearning } from "../../objectives/objective-learning.ts";
import type { OpenLearner } from "../personal-tuning.ts";

/** Ways of tuning a model to guess hidden words; the hidden words of a text list are always the same. */
export function wordsLearners(model: PretrainedModel, threads: number): OpenLearner<MaskableText> {
  return (tuning, trains) => {
    const learning = maskedLmLearning({ model, tuning, trains, threads, tokensPerRun: 1024 });
    return {
      train: async (examples, everyone, options, breathe) =>
        (await learning.train({ examples, values: { everyone } }, options, breathe)).values,
      measure: (texts, values, strength) => learning.measure(texts, values, { strength }),
      release: () => learning.release(),
    };
  };
}
