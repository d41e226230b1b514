import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { ClassCount } from "../../tone/head/tone-classes.ts";
import { TextEncoder } from "../../tone/reading/text-encoder.ts";
import type { HardPassage } from "../hard-prompts/hard-prompts.ts";
import type { OpinionText } from "../sentiment/opinion-texts.ts";
import { sentimentText } from "./opinions/sentiment-texts.ts";

/** How the labels are told in a passage, the most negative first. */
const labelWords: Readonly<Record<ClassCount, readonly string[]>> = {
  2: ["bad", "good"],
  3: ["bad", "neutral", "good"],
  4: ["terrible", "bad", "good", "great"],
  5: ["terrible", "bad", "neutral", "good", "great"],
};

/** A text with what it is looked up by. */
export interface FoundText {
  readonly opinion: OpinionText;
  readonly passage: HardPassage;
}

export const passagesOf = (texts: readonly FoundText[]): readonly HardPassage[] =>
  texts.map(({ passage }) => passage);

/** Looks up tokens, vectors and labels of texts; each is encoded once. `release` it. */
export class TextFinder {
  readonly #model: PretrainedModel;
  readonly #encoder: TextEncoder;
  readonly #labels: readonly (readonly number[])[];
  readonly #found = new Map<OpinionText, FoundText>();

  constructor(model: PretrainedModel, threads: number, classes: ClassCount) {
    this.#model = model;
    this.#encoder = new TextEncoder(model, { threads, tokensPerRun: 2048 });
    this.#labels = labelWords[classes].map((word) => model.tokenizer.encodeWords(word).ids);
  }

  async find(opinions: readonly OpinionText[]): Promise<readonly FoundText[]> {
    const missing = opinions.filter((opinion) => !this.#found.has(opinion));
    const texts = missing.map((opinion) => sentimentText(this.#model, opinion));
    // Of a text in several inputs the first stands for it: these are quotations, and nearly all are short.
    const firsts = texts.map(({ inputs }) => ({ ids: Int32Array.from(inputs[0]!.ids) }));
    const readings = await this.#encoder.read(firsts);
    for (const [at, opinion] of missing.entries()) {
      const { ids } = this.#model.tokenizer.encodeWords(opinion.text);
      const label = this.#labels[opinion.label]!;
      const passage = { ids, label, vector: readings[at]!.vector, time: opinion.time };
      this.#found.set(opinion, { opinion, passage });
    }
    return opinions.map((opinion) => this.#found.get(opinion)!);
  }

  release(): Promise<void> {
    return this.#encoder.release();
  }
}
