import { strongestWords, ToneExplainer } from "../tasks/sentiment/explanation.ts";
import type { GeneralReader } from "./profile.ts";
import { cutSentence } from "./writer-passages.ts";

/** A word of a sentence and what it adds to the latent valence; below 0 it takes from it. */
export interface ExplainedWord {
  readonly word: string;
  readonly weight: number;
}

/** The words that carry the general tone of each sentence, strongest first. Only the part that fits the model counts. */
export async function explainTone(
  { model, prompts }: GeneralReader,
  sentences: readonly string[],
  threads = 1,
): Promise<readonly (readonly ExplainedWord[])[]> {
  const explainer = new ToneExplainer(model, { threads, method: { kind: "integratedGradients", steps: 16 } });
  const explained: (readonly ExplainedWord[])[] = [];
  try {
    for (const sentence of sentences) {
      const explanation = await explainer.explain(cutSentence(model, sentence)[0]!, prompts);
      const { spans } = model.tokenizer.encodeWords(sentence);
      explained.push(
        strongestWords(explanation).map(({ word, weight }) => {
          const { start, end } = spans[word]!;
          return { word: sentence.slice(start, end), weight };
        }),
      );
    }
    return explained;
  } finally {
    await explainer.release();
  }
}
