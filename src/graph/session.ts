import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidFeedError, NotFiniteError } from "./errors.ts";
import { type InferenceSession, loadOnnxRuntime, runtimeKind, type Tensor } from "./onnx-runtime.ts";
import { externalFiles } from "./write-model.ts";

/** Numbers with a shape, row-major. Integers are int64; a boolean mask is 0 or 1. */
export interface TensorData {
  readonly data: Float32Array | Int32Array | BigInt64Array;
  readonly shape: readonly number[];
}

export interface SessionOptions {
  /** Threads within one operator. Results repeat exactly only with the same number. WebAssembly has one. */
  readonly threads: number;
  /** Whether weights are copied into the layout that matrix products like best. Default: true. */
  readonly prepack?: boolean;
  /**
   * Whether the library plans the memory of a run for each shape of its inputs and keeps these plans. Default: true. Where
   * shapes hardly come again they only take memory.
   */
  readonly plansMemory?: boolean;
  /** Start of a path: on release, the times of all operators are written to a JSON file there. For measuring only. */
  readonly profilePrefix?: string;
  /** Where the files of weights lie that the graph refers to. Needed where it refers to any. */
  readonly weightsFolder?: string;
  /** Whether a run that gives NaN or ∞ is an error. Default: false. */
  readonly finite?: boolean;
}

/**
 * A compiled graph. Runs hold the calling thread's process busy; several runs at a time are allowed.
 * `release` gives the native memory back and must be called.
 */
export class GraphSession {
  readonly #session: InferenceSession;
  readonly #mustBeFinite: boolean;

  private constructor(session: InferenceSession, mustBeFinite: boolean) {
    this.#session = session;
    this.#mustBeFinite = mustBeFinite;
  }

  /** From the bytes of a model. */
  static async create(model: Uint8Array, options: SessionOptions): Promise<GraphSession> {
    loadOnnxRuntime();
    const create = runtimeKind() === "native" ? createNative : createWasm;
    return new GraphSession(await create(model, options), options.finite === true);
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  /**
   * Feeds every input by name and returns every output by name. Throws InvalidFeedError naming what is missing, and
   * NotFiniteError for an impossible number where those are asked to be errors.
   */
  async run(feeds: Readonly<Record<string, TensorData>>): Promise<Readonly<Record<string, TensorData>>> {
    const missing = this.#session.inputNames.filter((name) => feeds[name] === undefined);
    if (missing.length > 0) {
      throw new InvalidFeedError(missing);
    }
    const tensors: Record<string, Tensor> = {};
    for (const name of this.#session.inputNames) {
      const { data, shape } = feeds[name]!;
      tensors[name] = makeTensor(data, shape);
    }
    const outputs = await this.#session.run(tensors);
    if (this.#mustBeFinite) for (const [name, { data }] of Object.entries(outputs)) checkFinite(name, data);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => [
        name,
        { data: tensor.data as TensorData["data"], shape: tensor.dims },
      ]),
    );
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

/** The library maps files of weights: several processes share them, and no weight is held twice. */
function createNative(model: Uint8Array, options: SessionOptions): Promise<InferenceSession> {
  const { weightsFolder, prepack, threads } = options;
  const session = {
    ...(weightsFolder === undefined ? {} : { model_external_initializers_file_folder_path: weightsFolder }),
    disable_prepacking: prepack === false ? "1" : "0",
    // Threads that sleep between the operators of a run take long to wake; between runs they have to sleep.
    intra_op: { allow_spinning: "1" },
    force_spinning_stop: "1",
  };
  return loadOnnxRuntime().InferenceSession.create(model, {
    ...commonSettings,
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableMemPattern: options.plansMemory !== false,
    extra: { session },
    ...(options.profilePrefix === undefined
      ? {}
      : { enableProfiling: true, profileFilePrefix: options.profilePrefix }),
  });
}

const commonSettings = {
  graphOptimizationLevel: "all",
  logSeverityLevel: 3,
} as const satisfies InferenceSession.SessionOptions;

/** The library keeps the files of one session that is being made, so one is made after the other. */
let madeBefore: Promise<unknown> = Promise.resolve();

/** WebAssembly sees no files: those of weights are handed over, and copied into its memory. */
function createWasm(model: Uint8Array, { weightsFolder }: SessionOptions): Promise<InferenceSession> {
  const make = async (): Promise<InferenceSession> => {
    const externalData = await Promise.all(
      (weightsFolder === undefined ? [] : externalFiles(model)).map(async (path) => ({
        path,
        data: new Uint8Array(await readFile(join(weightsFolder!, path))),
      })),
    );
    return loadOnnxRuntime().InferenceSession.create(model, {
      ...commonSettings,
      executionProviders: ["wasm"],
      externalData,
    });
  };
  const made = madeBefore.then(make);
  madeBefore = made.catch(() => undefined);
  return made;
}

function checkFinite(name: string, data: Tensor["data"]): void {
  if (data instanceof Float32Array && !data.every(Number.isFinite)) throw new NotFiniteError(name);
}

function makeTensor(data: TensorData["data"], shape: readonly number[]): Tensor {
  const { Tensor: RuntimeTensor } = loadOnnxRuntime();
  if (data instanceof Float32Array) {
    return new RuntimeTensor("float32", data, shape);
  }
  return data instanceof Int32Array
    ? new RuntimeTensor("int32", data, shape)
    : new RuntimeTensor("int64", data, shape);
}
