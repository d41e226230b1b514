import { GraphSession, type TensorData } from "../../src/graph/session.ts";
import type { Value } from "../../src/graph/value.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { type PaddedBatch, padBatch } from "../../src/learning/batching.ts";
import { Adam } from "../../src/learning/optimiser/adam.ts";
import { learningRate } from "../../src/learning/optimiser/schedule.ts";
import { TrainingSession, type TrainingStep } from "../../src/learning/training-session.ts";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { ModelDirectory } from "../../src/plm/files/model-directory.ts";
import { BuildBatches } from "./build-batches.ts";
import type { Dropout } from "./dropout.ts";
import { type LossWeights, maskedLmTraining, sentimentTraining, teachingGraph } from "./multi-task-graphs.ts";
import type { Weights } from "./start-weights.ts";
import type { ToneTeachers } from "./tone-teachers.ts";

/** What a build weighs its losses by unless told otherwise. */
export const usualWeights = { masked: 0.3, tone: 1, neighbours: 5 } as const satisfies LossWeights;
/** Beside the teacher's classes, labels count half; their mean is taken over all rows, labelled or not. */
const labelShare = 0.5;
const headRateFactor = 5;
const longestWarmup = 100;
/** Words are masked in every second step: half of its cost is in weights and gradients, whatever the batch. */
const textEvery = 2;

export interface BuildStep {
  /** Absent in steps without masked words. */
  readonly mlm?: number;
  readonly sentiment: number;
  /** Cross-entropy with the teacher's classes; absent without a teacher of tone. */
  readonly soft?: number;
  readonly distance: number;
  readonly gradientNorm: number;
}

/**
 * One step of the build: a labelled batch, and in every second step a masked-LM batch, their gradients added, one
 * Adam update of all weights. The teacher says which texts are neighbours; of a student it says how they read, too, where
 * others do not, and then most texts of a batch have no label.
 */
export class MultiTaskTrainer {
  readonly adam: Adam;
  readonly #weights: Weights;
  readonly #sessions: Sessions;
  readonly #masks: Compiled["masks"];
  readonly #teacherFeeds: Readonly<Record<string, TensorData>>;
  readonly #options: TrainerOptions;

  private constructor(weights: Weights, { sessions, masks, teacher }: Compiled, options: TrainerOptions) {
    this.adam = new Adam(parameterGroups(weights), { maximumNorm: 1 });
    this.#weights = weights;
    this.#sessions = sessions;
    this.#masks = masks;
    this.#teacherFeeds = teacher;
    this.#options = options;
  }

  /** `config` is the shape of what is built, `teacher` a model of the same vocabulary and width. */
  static async create(
    config: ModelConfig,
    teacher: ModelDirectory,
    weights: Weights,
    options: TrainerOptions,
  ): Promise<MultiTaskTrainer> {
    const { threads, sizes, weigh } = options;
    const drops = options.dropout !== undefined;
    const isTaught = sizes.unlabelled > 0;
    const teaching = teachingGraph(teacher.config, isTaught && options.toneTeachers === undefined);
    const labels = (labelShare * (sizes.tone + sizes.unlabelled)) / sizes.tone;
    const graphs = {
      mlm: maskedLmTraining(config, weigh, drops),
      sentiment: sentimentTraining(
        config,
        BuildBatches.sets.length,
        isTaught ? { ...weigh, tone: weigh.tone * labels, soft: weigh.tone } : weigh,
        drops,
      ),
    };
    const sessions = {
      mlm: await TrainingSession.create(graphs.mlm, { threads }),
      sentiment: await TrainingSession.create(graphs.sentiment, { threads }),
      teacher: await GraphSession.create(writeModel(teaching.graph, teaching.outputs), { threads }),
    };
    const feeds = Object.entries(teaching.weights).map(([name, value]): [string, TensorData] => [
      name,
      { data: teacher.tensor(name).data, shape: value.type.shape.map(Number) },
    ]);
    const masks = { mlm: graphs.mlm.masks, sentiment: graphs.sentiment.masks };
    return new MultiTaskTrainer(weights, { sessions, masks, teacher: Object.fromEntries(feeds) }, options);
  }

  /** Steps count from 1 and decide the rate and the batches. */
  async step(step: number): Promise<BuildStep> {
    const { totalSteps, peakRate } = this.#options;
    const sentiment = await this.#sentiment(step);
    const mlm = step % textEvery === 0 ? await this.#maskedWords(step) : undefined;
    const gradients =
      mlm === undefined ? sentiment.gradients : sumGradients(mlm.gradients, sentiment.gradients);
    const warmupSteps = Math.min(longestWarmup, totalSteps / 10);
    const rate = learningRate(step, { peakRate, warmupSteps, totalSteps });
    const { gradientNorm } = this.adam.step(gradients, rate);
    return {
      ...(mlm === undefined ? {} : { mlm: first(mlm.outputs["mlm"]) }),
      sentiment: first(sentiment.outputs["sentiment"]),
      ...(sentiment.outputs["soft"] === undefined ? {} : { soft: first(sentiment.outputs["soft"]) }),
      distance: first(sentiment.outputs["distance"]),
      gradientNorm,
    };
  }

  async #maskedWords(step: number): Promise<TrainingStep> {
    const { batches, padId, sizes } = this.#options;
    const { masked, passages } = batches.text(step, sizes.text);
    return this.#sessions.mlm.step(this.#weights, {
      ...tokenFeeds(masked),
      positions: { data: masked.positions, shape: [masked.positions.length] },
      targets: { data: masked.targets, shape: [masked.targets.length] },
      teacher: (await this.#teach(padBatch(passages, padId))).teacher,
      ...this.#leaveOut("mlm", step, masked),
    });
  }

  async #sentiment(step: number): Promise<TrainingStep> {
    const { batches, sizes } = this.#options;
    const labelled = batches.sentiment(step, sizes.tone, sizes.unlabelled);
    return this.#sessions.sentiment.step(this.#weights, {
      ...tokenFeeds(labelled),
      members: { data: labelled.members, shape: [labelled.batch, 5] },
      universe: { data: labelled.universe, shape: [labelled.batch, 5] },
      sets: { data: labelled.sets, shape: [labelled.batch] },
      ...(await this.#teach(labelled)),
      ...(await this.#teachTone(labelled)),
      ...this.#leaveOut("sentiment", step, labelled),
    });
  }

  /** What dropout leaves out of a batch; nothing without. */
  #leaveOut(
    task: keyof Compiled["masks"],
    step: number,
    { batch, length }: PaddedBatch,
  ): Readonly<Record<string, TensorData>> {
    return this.#options.dropout?.masks(this.#masks[task], task, step, { batch, length }) ?? {};
  }

  async release(): Promise<void> {
    await Promise.all(Object.values(this.#sessions).map((session) => session.release()));
  }

  /** The teacher's vectors of the rows of a batch and, of a teacher of tone, their classes. */
  async #teach(batch: PaddedBatch): Promise<Readonly<{ teacher: TensorData; taught?: TensorData }>> {
    const feeds = { ...this.#teacherFeeds, ...tokenFeeds(batch) };
    const { vectors, probabilities } = await this.#sessions.teacher.run(feeds);
    return { teacher: vectors!, ...(probabilities === undefined ? {} : { taught: probabilities }) };
  }

  /** The classes that teachers of tone alone give, where there are some. */
  async #teachTone(batch: PaddedBatch): Promise<Readonly<{ taught?: TensorData }>> {
    const taught = await this.#options.toneTeachers?.teach(batch);
    return taught === undefined ? {} : { taught: { data: taught, shape: [batch.batch, 5] } };
  }
}

interface Sessions {
  readonly mlm: TrainingSession;
  readonly sentiment: TrainingSession;
  readonly teacher: GraphSession;
}

interface Compiled {
  readonly sessions: Sessions;
  /** The inputs of either task's graph that say what is left out. */
  readonly masks: Readonly<Record<"mlm" | "sentiment", readonly Value[]>>;
  /** The weights of the teacher. */
  readonly teacher: Readonly<Record<string, TensorData>>;
}

export interface TrainerOptions {
  readonly batches: BuildBatches;
  readonly padId: number;
  /** Teach tone in the place of the teacher of neighbours, where there are texts without a label. */
  readonly toneTeachers?: ToneTeachers | undefined;
  /** How many passages, labelled texts and, where tone is taught, texts without a label a step sees. */
  readonly sizes: { readonly text: number; readonly tone: number; readonly unlabelled: number };
  readonly weigh: LossWeights;
  /** Absent: nothing is left out. */
  readonly dropout?: Dropout | undefined;
  readonly totalSteps: number;
  /** Of the encoder; heads learn five times as fast. */
  readonly peakRate: number;
  readonly threads: number;
}

/** Heads learn faster than the encoder; biases, norms and thresholds do not decay. */
function parameterGroups(weights: Weights) {
  return Object.entries(weights).map(([name, values]) => ({
    rateFactor: /^(cls|sentiment|sets)\./.test(name) ? headRateFactor : 1,
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
