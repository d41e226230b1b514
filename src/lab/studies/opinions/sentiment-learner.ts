import { Classifier } from "../../../learning/classifier.ts";
import { createRandom } from "../../../numbers/random.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import type { ClassCount } from "../../../tone/head/tone-classes.ts";
import type { OpenLearner } from "../personal-tuning.ts";
import { examplesOf, measureTexts, type SentimentText } from "./sentiment-texts.ts";

/** What writers' values are learned with, as in the pilots of the method; the rate is chosen on other writers. */
export const personalOptions = {
  epochs: 2,
  minimumSteps: 0,
  textsPerStep: 8,
  warmupSteps: 2,
  l2: 1e-3,
} as const;

export const promptRates = [5e-3, 2e-2] as const;
export const biasRates = [2e-2, 1e-1] as const;

/** What the prompts are learned with that all writers start from. */
export const sharedOptions = { epochs: 1, minimumSteps: 0, textsPerStep: 32 } as const;

/** Ways of tuning a model that has a head for these classes; the head looks at the texts' own tokens. */
export function sentimentLearners(
  model: PretrainedModel,
  classes: ClassCount,
  threads: number,
): OpenLearner<SentimentText> {
  return (tuning, trains) => {
    const random = createRandom("head");
    const head = { kind: "ordinal", classes, start: "model", random } as const;
    const classifier = new Classifier({ model, tuning, trains, head, threads, pools: "text" });
    return {
      train: async (texts, everyone, options, breathe) => {
        const examples = texts.flatMap(examplesOf);
        return (await classifier.train({ examples, values: { everyone } }, options, breathe)).values;
      },
      measure: (texts, values, strength) => measureTexts(classifier, texts, values, strength),
      release: () => classifier.release(),
    };
  };
}
