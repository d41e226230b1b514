import { GraphSession, type TensorData } from "../../src/graph/session.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { type PaddedBatch, padBatch } from "../../src/learning/batching.ts";
import { Adam } from "../../src/learning/optimiser.ts";
import { learningRate } from "../../src/learning/schedule.ts";
import { TrainingSession } from "../../src/learning/training-session.ts";
import type { ModelDirectory } from "../../src/plm/model-directory.ts";
import type { BuildBatches } from "./build-batches.ts";
import { maskedLmTraining, measuringGraphs, sentimentTraining } from "./multi-task-graphs.ts";
import type { Weights } from "./start-weights.ts";

const textBatch = 16;
/** So many passages of a text batch are held near the original vectors; more would cost more than they help. */
const keptOfText = 6;
const sentimentBatch = 24;
const weigh = { sentiment: 1, neighbours: 5 };
const encoderRate = 2e-4;
const headRateFactor = 5;

export interface BuildStep {
  readonly mlm: number;
  readonly sentiment: number;
  readonly distance: number;
  readonly gradientNorm: number;
}

/**
 * One step of the build: a masked-LM batch and a labelled batch, their gradients added, one Adam update
 * of all weights. The teacher is the original encoder.
 */
export class MultiTaskTrainer {
  readonly adam: Adam;
  readonly #weights: Weights;
  readonly #sessions: {
    readonly mlm: TrainingSession;
    readonly sentiment: TrainingSession;
    readonly teacher: GraphSession;
  };
  readonly #teacherFeeds: Readonly<Record<string, TensorData>>;
  readonly #options: TrainerOptions;
  readonly #padId: number;

  private constructor(
    weights: Weights,
    sessions: {
      readonly mlm: TrainingSession;
      readonly sentiment: TrainingSession;
      readonly teacher: GraphSession;
    },
    teacherFeeds: Readonly<Record<string, TensorData>>,
    options: TrainerOptions,
  ) {
    this.adam = new Adam(parameterGroups(weights), { maximumNorm: 1 });
    this.#weights = weights;
    this.#sessions = sessions;
    this.#teacherFeeds = teacherFeeds;
    this.#options = options;
    this.#padId = options.padId;
  }

  static async create(
    source: ModelDirectory,
    weights: Weights,
    options: TrainerOptions,
  ): Promise<MultiTaskTrainer> {
    const { config } = source;
    const { threads } = options;
    const vector = measuringGraphs(config).vector;
    const sessions = {
      mlm: await TrainingSession.create(maskedLmTraining(config, weigh), { threads }),
      sentiment: await TrainingSession.create(sentimentTraining(config, weigh), { threads }),
      teacher: await GraphSession.create(writeModel(vector.graph, vector.outputs), { threads }),
    };
    const feeds = Object.entries(vector.weights).map(([name, value]): [string, TensorData] => [
      name,
      { data: source.tensor(name).data, shape: value.type.shape.map(Number) },
    ]);
    return new MultiTaskTrainer(weights, sessions, Object.fromEntries(feeds), options);
  }

  /** Steps count from 1 and decide the rate and the batches. */
  async step(step: number): Promise<BuildStep> {
    const { batches, totalSteps } = this.#options;
    const { masked, passages } = batches.text(step, textBatch);
    const clean = padBatch(passages.slice(0, keptOfText), this.#padId);
    const mlm = await this.#sessions.mlm.step(this.#weights, {
      ...tokenFeeds(masked),
      positions: { data: masked.positions, shape: [masked.positions.length] },
      targets: { data: masked.targets, shape: [masked.targets.length] },
      ...(await this.#teacher(clean, masked.batch)),
    });
    const labelled = batches.sentiment(step, sentimentBatch);
    const sentiment = await this.#sessions.sentiment.step(this.#weights, {
      ...tokenFeeds(labelled),
      members: { data: labelled.members, shape: [labelled.batch, 5] },
      universe: { data: labelled.universe, shape: [labelled.batch, 5] },
      ...(await this.#teacher(labelled, labelled.batch)),
    });
    const gradients = sumGradients(mlm.gradients, sentiment.gradients);
    const rate = learningRate(step, { peakRate: encoderRate, warmupSteps: 50, totalSteps });
    const { gradientNorm } = this.adam.step(gradients, rate);
    return {
      mlm: first(mlm.outputs["mlm"]),
      sentiment: first(sentiment.outputs["sentiment"]),
      distance: (first(mlm.outputs["distance"]) + first(sentiment.outputs["distance"])) / 2,
      gradientNorm,
    };
  }

  async release(): Promise<void> {
    await Promise.all(Object.values(this.#sessions).map((session) => session.release()));
  }

  /** Original vectors of the first rows of a batch, and which rows have one. */
  async #teacher(batch: PaddedBatch, rows: number): Promise<Readonly<Record<string, TensorData>>> {
    const { vectors } = await this.#sessions.teacher.run({ ...this.#teacherFeeds, ...tokenFeeds(batch) });
    const d = vectors!.shape[1]!;
    const teacher = new Float32Array(rows * d);
    teacher.set(vectors!.data as Float32Array);
    const kept = new Float32Array(rows).fill(1, 0, batch.batch);
    return { teacher: { data: teacher, shape: [rows, d] }, kept: { data: kept, shape: [rows] } };
  }
}

export interface TrainerOptions {
  readonly batches: BuildBatches;
  readonly padId: number;
  readonly totalSteps: number;
  readonly threads: number;
}

/** Heads learn faster than the encoder; biases, norms and thresholds do not decay. */
function parameterGroups(weights: Weights) {
  return Object.entries(weights).map(([name, values]) => ({
    rateFactor: /^(cls|sentiment)\./.test(name) ? headRateFactor : 1,
    weightDecay: name.endsWith(".weight") && !name.includes("LayerNorm") ? 0.01 : 0,
    parameters: { [name]: values },
  }));
}

function tokenFeeds({ ids, mask, batch, length }: PaddedBatch): Readonly<Record<string, TensorData>> {
  return { ids: { data: ids, shape: [batch, length] }, mask: { data: mask, shape: [batch, length] } };
}

function sumGradients(
  into: Readonly<Record<string, Float32Array>>,
  from: Readonly<Record<string, Float32Array>>,
): Readonly<Record<string, Float32Array>> {
  const sums = { ...into };
  for (const [name, added] of Object.entries(from)) {
    const sum = sums[name];
    if (sum === undefined) {
      sums[name] = added;
    } else {
      for (let at = 0; at < sum.length; at++) {
        sum[at]! += added[at]!;
      }
    }
  }
  return sums;
}

const first = (tensor: TensorData | undefined): number => Number(tensor?.data[0]);
