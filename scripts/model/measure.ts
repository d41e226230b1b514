import { GraphSession, type TensorData } from "../../src/graph/session.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { padBatch } from "../../src/learning/batching.ts";
import { applyMasks, fixedMasks, type MaskingOptions } from "../../src/learning/masking.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import { type MeasuringGraph, measuringGraphs } from "./multi-task-graphs.ts";
import type { SentimentExample } from "./sentiment-sets.ts";
import type { Weights } from "./start-weights.ts";

export interface MlmMeasure {
  /** Masked tokens. */
  readonly masked: number;
  /** Mean negative log-likelihood in nats. */
  readonly loss: number;
  /** Share of masked tokens whose likeliest token is the true one. */
  readonly top1: number;
}

const batchSize = 16;
/** Of the masks: the same for all models that are compared. */
export const measuringSeed = "measure";

/** Reads texts with given weights, to measure them. Sessions are made on first use; `release` them. */
export class Measurer {
  readonly #weights: Weights;
  readonly #graphs: Readonly<Record<"mlm" | "tone" | "vector", MeasuringGraph>>;
  readonly #masking: MaskingOptions;
  readonly #padId: number;
  readonly #threads: number;
  readonly #sessions = new Map<MeasuringGraph, Promise<GraphSession>>();

  constructor(
    config: ModelConfig,
    weights: Weights,
    options: { readonly masking: MaskingOptions; readonly padId: number; readonly threads: number },
  ) {
    this.#weights = weights;
    this.#graphs = measuringGraphs(config);
    this.#masking = options.masking;
    this.#padId = options.padId;
    this.#threads = options.threads;
  }

  /** The same masks for the same passages every time. */
  async mlm(passages: readonly Passage[]): Promise<MlmMeasure> {
    const masks = fixedMasks(passages, this.#masking, createRandom(measuringSeed));
    let [masked, loss, right] = [0, 0, 0];
    for (const rows of chunks(passages.map((_, row) => row))) {
      const padded = padBatch(
        rows.map((row) => passages[row]!),
        this.#padId,
      );
      const batch = applyMasks(
        padded,
        rows.map((row) => masks[row]!),
      );
      const count = batch.positions.length;
      const { losses, best } = await this.#run(this.#graphs.mlm, {
        ids: { data: batch.ids, shape: [batch.batch, batch.length] },
        mask: { data: batch.mask, shape: [batch.batch, batch.length] },
        positions: { data: batch.positions, shape: [count] },
        targets: { data: batch.targets, shape: [count] },
      });
      for (let at = 0; at < count; at++) {
        loss += Number(losses!.data[at]);
        right += best!.data[at] === batch.targets[at] ? 1 : 0;
      }
      masked += count;
    }
    return { masked, loss: loss / masked, top1: right / masked };
  }

  /** Class probabilities, five a text. */
  async tone(examples: readonly Passage[]): Promise<readonly Float32Array[]> {
    return this.#rows(this.#graphs.tone, "probabilities", examples);
  }

  /** Unit sentence vectors. */
  async vectors(passages: readonly Passage[]): Promise<readonly Float32Array[]> {
    return this.#rows(this.#graphs.vector, "vectors", passages);
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) {
      await (await session).release();
    }
    this.#sessions.clear();
  }

  /** Texts of similar length share a batch; results come back in the order of the texts. */
  async #rows(
    graph: MeasuringGraph,
    output: string,
    passages: readonly Passage[],
  ): Promise<readonly Float32Array[]> {
    const order = passages
      .map((_, row) => row)
      .sort((a, b) => passages[a]!.ids.length - passages[b]!.ids.length);
    const results: Float32Array[] = new Array(passages.length);
    for (const rows of chunks(order)) {
      const { ids, mask, batch, length } = padBatch(
        rows.map((row) => passages[row]!),
        this.#padId,
      );
      const shape = [batch, length];
      const {
        data,
        shape: [, width],
      } = (await this.#run(graph, { ids: { data: ids, shape }, mask: { data: mask, shape } }))[output]!;
      for (const [at, row] of rows.entries()) {
        results[row] = (data as Float32Array).slice(at * width!, (at + 1) * width!);
      }
    }
    return results;
  }

  async #run(measuring: MeasuringGraph, feeds: Readonly<Record<string, TensorData>>) {
    const made =
      this.#sessions.get(measuring) ??
      GraphSession.create(writeModel(measuring.graph, measuring.outputs), { threads: this.#threads });
    this.#sessions.set(measuring, made);
    const all = { ...feeds };
    for (const [name, value] of Object.entries(measuring.weights)) {
      all[name] = { data: this.#weights[name]!, shape: value.type.shape.map(Number) };
    }
    return (await made).run(all);
  }
}

/** Share of texts read right. Two classes leave neutral out; three fold very into plain. */
export function toneAccuracy(
  examples: readonly SentimentExample[],
  probabilities: readonly Float32Array[],
): number {
  const right = examples.filter(
    ({ label, classes }, row) => likeliest(probabilities[row]!, classes) === label,
  );
  return right.length / examples.length;
}

/** Mean of the F1 of each class. */
export function macroF1(
  examples: readonly SentimentExample[],
  probabilities: readonly Float32Array[],
): number {
  const guesses = examples.map(({ classes }, row) => likeliest(probabilities[row]!, classes));
  const labels = [...new Set(examples.map(({ label }) => label))];
  const scores = labels.map((label) => {
    const hits = examples.filter((example, row) => example.label === label && guesses[row] === label).length;
    const guessed = guesses.filter((guess) => guess === label).length;
    const real = examples.filter((example) => example.label === label).length;
    return (2 * hits) / Math.max(1, guessed + real);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Mean of the recall of each class: what TweetEval gives for sentiment (Rosenthal and others 2017). */
export function macroRecall(
  examples: readonly SentimentExample[],
  probabilities: readonly Float32Array[],
): number {
  const rows = examples.map(({ label, classes }, row) => ({
    label,
    isRight: likeliest(probabilities[row]!, classes) === label,
  }));
  const recalls = Map.groupBy(rows, ({ label }) => label)
    .values()
    .map((group) => group.filter(({ isRight }) => isRight).length / group.length)
    .toArray();
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}

function likeliest(p: Float32Array, classes: 2 | 3 | 5): number {
  const negative = p[0]! + p[1]!;
  const positive = p[3]! + p[4]!;
  const shares = { 2: [negative, positive], 3: [negative, p[2]!, positive], 5: [...p] }[classes];
  return shares.indexOf(Math.max(...shares));
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / batchSize) }, (_, at) =>
    items.slice(at * batchSize, (at + 1) * batchSize),
  );
}
