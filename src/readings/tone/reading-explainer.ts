import type { Sentence } from "../../corpus/document.ts";
import { cutSentence } from "../../learning/cut-document.ts";
import type { Passage } from "../../learning/passages.ts";
import { sum } from "../../numbers/mean.ts";
import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { textHash } from "../../text/text-hash.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { shapleyWeights } from "../../tone/reasons/shapley-weights.ts";
import { type ExplanationMethod, ToneExplainer } from "../../tone/reasons/tone-explainer.ts";
import { type Place, placeWords } from "../word-places.ts";
import { writtenWords } from "../written-words.ts";

/**
 * `gradient`: gradient × input; `integrated`: integrated gradients (Sundararajan, Taly and Yan 2017); `shapley`:
 * sampled Shapley values, which hovers show.
 */
export const explanationKinds = ["gradient", "integrated", "shapley"] as const;
export type ExplanationKind = (typeof explanationKinds)[number];

/** A word of the source with what it adds to the latent valence; below 0 it takes from it. */
export interface WeighedWord extends Place {
  readonly text: string;
  readonly weight: number;
}

export interface SentenceExplanation {
  readonly method: ExplanationKind;
  /** Every word, in order. */
  readonly words: readonly WeighedWord[];
  /** Latent valence of the sentence in general, and of the same with every word hidden. */
  readonly latent: number;
  readonly baselineLatent: number;
  /** latent − baselineLatent − Σ weights: what the weights fail to account for. */
  readonly completenessError: number;
}

/** Weights of one passage by its words' numbers. */
interface PassageExplanation {
  readonly weights: ReadonlyMap<number, number>;
  readonly latent: number;
  readonly baselineLatent: number;
}

export interface ExplainerOptions {
  readonly kind: ExplanationKind;
  readonly threads: number;
  /** Of integrated gradients; 24 if absent, which leave 0.5 % unexplained. */
  readonly steps?: number;
}

/** Words are weighed one by one up to so many; Shapley values take time with their square. */
const mostGroups = 32;

/** Says for each word of a sentence what it adds to the general reading. `release` it. */
export class ReadingExplainer {
  readonly #reader: GeneralReader;
  readonly #encoder: TextEncoder;
  readonly #kind: ExplanationKind;
  readonly #gradients: ToneExplainer | undefined;

  constructor(reader: GeneralReader, encoder: TextEncoder, { kind, threads, steps = 24 }: ExplainerOptions) {
    this.#reader = reader;
    this.#encoder = encoder;
    this.#kind = kind;
    const method = methodOf(kind, steps);
    this.#gradients = method && new ToneExplainer(reader.model, { threads, method });
  }

  /** A sentence that is too long for the model is explained in its parts, weighed by length as it is read. */
  async explain({
    text,
    plain,
    start,
  }: Pick<Sentence, "text" | "plain" | "start">): Promise<SentenceExplanation> {
    const { model } = this.#reader;
    const { words, spans } = model.tokenizer.encodeWords(plain);
    const passages = cutSentence(model, plain);
    const total = sum(passages.map(({ ids }) => ids.length));
    const weights = new Array<number>(spans.length).fill(0);
    let [latent, baselineLatent, from] = [0, 0, 0];
    for (const passage of passages) {
      const share = passage.ids.length / total;
      const explained = await this.#explainPassage(passage, plain);
      latent += share * explained.latent;
      baselineLatent += share * explained.baselineLatent;
      const first = words[from] ?? 0;
      for (const [word, weight] of explained.weights) weights[first + word]! += share * weight;
      from += passage.ids.length - 2;
    }
    const written = writtenWords(plain, spans);
    const places = placeWords(
      text,
      start,
      written.map((pieces) => plain.slice(spans[pieces[0]!]!.start, spans[pieces.at(-1)!]!.end)),
    );
    return {
      method: this.#kind,
      words: places.map((place, at) => ({
        text: text.slice(place.start - start, place.end - start),
        ...place,
        weight: sum(written[at]!.map((piece) => weights[piece]!)),
      })),
      latent,
      baselineLatent,
      completenessError: latent - baselineLatent - sum(weights),
    };
  }

  async release(): Promise<void> {
    await this.#gradients?.release();
  }

  async #explainPassage(passage: Passage, sentence: string): Promise<PassageExplanation> {
    if (this.#gradients === undefined) return this.#weighByHiding(passage, sentence);
    const { words, latent, baselineLatent } = await this.#gradients.explain(
      passage,
      this.#reader.tonePrompts,
    );
    return { latent, baselineLatent, weights: new Map(words.map(({ word, weight }) => [word, weight])) };
  }

  async #weighByHiding(passage: Passage, sentence: string): Promise<PassageExplanation> {
    const { model, tonePrompts: prompts } = this.#reader;
    const maskId = model.tokenizer.specialIds.mask;
    const known = [...new Set(passage.words)].filter((word) => word < passage.words.length);
    const size = Math.max(1, Math.ceil(known.length / mostGroups));
    const groups = Array.from({ length: Math.ceil(known.length / size) }, (_, group) =>
      known.slice(group * size, (group + 1) * size),
    );
    const reader = { encoder: this.#encoder, prompts, maskId };
    const byGroup = await shapleyWeights(reader, passage, groups, createRandom(textHash(sentence)));
    const hidden = Int32Array.from(passage.ids, (id, at) =>
      passage.words[at]! < passage.words.length ? maskId : id,
    );
    const [whole, empty] = await this.#encoder.read([passage, { ids: hidden }], prompts);
    return {
      latent: whole!.valence ?? 0,
      baselineLatent: empty!.valence ?? 0,
      // Words that were weighed together share their weight.
      weights: new Map(
        groups.flatMap((group, at) => group.map((word) => [word, byGroup[at]! / group.length] as const)),
      ),
    };
  }
}

/** Undefined for Shapley values, which take no gradients. */
function methodOf(kind: ExplanationKind, steps: number): ExplanationMethod | undefined {
  switch (kind) {
    case "gradient":
      return { kind: "gradientTimesInput" };
    case "integrated":
      return { kind: "integratedGradients", steps };
    case "shapley":
      return undefined;
    default:
      return kind satisfies never;
  }
}
