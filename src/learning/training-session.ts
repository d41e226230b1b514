import { differentiate, type KnownGradient, pullBack } from "../graph/differentiate.ts";
import type { Graph } from "../graph/graph.ts";
import { GraphSession, type SessionOptions, type TensorData } from "../graph/session.ts";
import type { Value } from "../graph/value.ts";
import { writeModel } from "../graph/write-model.ts";

export interface TrainingGraph {
  readonly graph: Graph;
  /** Scalar. */
  readonly loss: Value;
  /**
   * A value through which alone the trained inputs act on the loss, with the loss's gradient by it: where
   * that can be had more cheaply than operator by operator. Absent: the loss is differentiated.
   */
  readonly known?: KnownGradient;
  /** Graph inputs that are trained, by name. */
  readonly trainable: Readonly<Record<string, Value>>;
  /** Graph inputs that are fed from the parameters as well, but not trained by this loss. */
  readonly fixed?: Readonly<Record<string, Value>>;
  /** What else each step returns, by name; names must not start with `gradient `. */
  readonly outputs?: Readonly<Record<string, Value>>;
}

export interface TrainingStep {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Float32Array>>;
  readonly outputs: Readonly<Record<string, TensorData>>;
}

export interface TrainingSessionOptions extends SessionOptions {
  /** Compiles a graph that refers to frozen weights in a file; absent for one that does not. */
  readonly compile?: (model: Uint8Array, options: SessionOptions) => Promise<GraphSession>;
}

const gradientPrefix = "gradient ";

/**
 * A loss and its gradients, compiled once and run for every batch. Trainable values are fed, not kept:
 * the optimiser changes the caller's arrays in place and the next step sees them. Gradients have the
 * sizes of their values; the loss is a mean, so its scale does not depend on the batch.
 */
export class TrainingSession {
  readonly #session: GraphSession;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;

  private constructor(session: GraphSession, shapes: ReadonlyMap<string, readonly number[]>) {
    this.#session = session;
    this.#shapes = shapes;
  }

  static async create(training: TrainingGraph, options: TrainingSessionOptions): Promise<TrainingSession> {
    const names = Object.keys(training.trainable);
    const values = Object.values(training.trainable);
    const { graph, loss, known } = training;
    const gradients =
      known === undefined ? differentiate(graph, loss, values) : pullBack(graph, known, values);
    const model = writeModel(graph, {
      loss,
      ...training.outputs,
      ...Object.fromEntries(names.map((name, index) => [`${gradientPrefix}${name}`, gradients[index]!])),
    });
    const { compile = GraphSession.create, ...sessionOptions } = options;
    // Batches are of ever other shapes: a fifth less of memory is worth more than what a plan saves.
    const session = await compile(model, { plansMemory: false, ...sessionOptions });
    const fed = Object.entries({ ...training.trainable, ...training.fixed });
    return new TrainingSession(
      session,
      new Map(fed.map(([name, { type }]) => [name, type.shape.map(Number)])),
    );
  }

  /** One forward and backward pass. `parameters` are the present values of everything trainable. */
  async step(
    parameters: Readonly<Record<string, Float32Array>>,
    feeds: Readonly<Record<string, TensorData>>,
  ): Promise<TrainingStep> {
    const all: Record<string, TensorData> = { ...feeds };
    for (const [name, shape] of this.#shapes) {
      const data = parameters[name];
      if (data !== undefined) {
        all[name] = { data, shape };
      }
    }
    const results = await this.#session.run(all);
    const gradients: Record<string, Float32Array> = {};
    const outputs: Record<string, TensorData> = {};
    for (const [name, result] of Object.entries(results)) {
      if (name.startsWith(gradientPrefix)) {
        gradients[name.slice(gradientPrefix.length)] = result.data as Float32Array;
      } else {
        outputs[name] = result;
      }
    }
    return { loss: Number(results["loss"]!.data[0]), gradients, outputs };
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}
