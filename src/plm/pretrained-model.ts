import { largestExactCode } from "../graph/exact-code.ts";
import type { Graph } from "../graph/graph.ts";
import type { LargestCode, SparedRounding } from "../graph/operators/rounded-products.ts";
import { GraphSession, type SessionOptions } from "../graph/session.ts";
import type { Value } from "../graph/value.ts";
import { writeModel } from "../graph/write-model.ts";
import { type CacheOpening, WeightCache } from "./cache/weight-cache.ts";
import { weightsFile } from "./cache/weight-cache-names.ts";
import type { WeightSource } from "./encoder/layers.ts";
import { sparedRounding } from "./encoder/spared-rounding.ts";
import { type HeadName, MissingHeadError, ModelDirectoryError } from "./errors.ts";
import type { ModelConfig } from "./files/model-config.ts";
import { type ModelDirectory, readModelDirectory } from "./files/model-directory.ts";
import { codesName, scalesName, turnedName } from "./files/unpack-weights.ts";
import { loadTokenizer, type Tokenizer } from "./tokens/tokenizer.ts";

const headPrefixes: readonly (readonly [prefix: string, head: HeadName])[] = [
  ["cls.predictions.", "maskedLm"],
  ["discriminator_predictions.", "replacedTokens"],
  ["sentiment.", "sentiment"],
];

/**
 * A pretrained language model, ready for graphs: its weights lie as float32 in one file of the cache
 * folder, written once for each model, and graphs refer to them by place. So no weight is ever held in
 * JavaScript memory, and processes that use the same model share it through the file.
 */
export class PretrainedModel {
  /** SHA-256 over the model's files: what a profile was learned on. */
  readonly id: string;
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  readonly directory: ModelDirectory;
  /** Of rows that this machine multiplies in 8 bits; undefined where it multiplies in full. */
  readonly largestCode: LargestCode | undefined;
  readonly #cache: WeightCache;
  /** Each weight is part of a graph once. */
  readonly #made = new WeakMap<Graph, Map<string, Value>>();

  private constructor(
    directory: ModelDirectory,
    tokenizer: Tokenizer,
    cache: WeightCache,
    largestCode: LargestCode | undefined,
  ) {
    this.id = directory.id;
    this.config = directory.config;
    this.tokenizer = tokenizer;
    this.directory = directory;
    this.#cache = cache;
    this.largestCode = largestCode;
  }

  /**
   * Opens a Hugging Face directory and writes its weights to the cache where they are not there yet.
   * Throws ModelDirectoryError or TokenizerError for a directory that lacks something or contradicts itself.
   */
  static async open(path: string, cachePath: string): Promise<PretrainedModel> {
    const directory = await readModelDirectory(path);
    const tokenizer = await loadTokenizer(path, { embeddings: directory.config.vocab_size });
    const cache = await WeightCache.open(directory, cachePath);
    return new PretrainedModel(directory, tokenizer, cache, await largestExactCode());
  }

  /** How the unpacked weights were found, and where. */
  get cache(): { readonly folder: string; readonly opening: CacheOpening } {
    return this.#cache;
  }

  /**
   * Hands out the weights as frozen parts of a graph, each once. The source throws {@link MissingHeadError}
   * for a part of a head that the model does not have.
   */
  weights(graph: Graph): WeightSource {
    const table: WeightSource["table"] = (name, [rows, size]) =>
      this.#cache.places[codesName(name)] === undefined
        ? undefined
        : {
            codes: this.#weight(graph, codesName(name), [rows!, size!], "int8"),
            scales: this.#weight(graph, scalesName(name), [rows!, 1]),
          };
    return Object.assign((name: string, shape: readonly number[]) => this.#weight(graph, name, shape), {
      table,
    });
  }

  /**
   * As `weights`; products with matrices of the encoder that the model stores in 8 bits are computed in 8 bits, where the machine
   * can. The matrices are exact then, the hidden states rounded, row by row; rounding is kept from what suffers most from it.
   */
  roundedWeights(graph: Graph): WeightSource {
    const { largestCode } = this;
    const quantised: WeightSource["quantised"] = (name, [out, into]) =>
      this.#cache.places[turnedName(name)] === undefined || largestCode === undefined
        ? undefined
        : {
            codes: this.#weight(graph, codesName(name), [out!, into!], "int8"),
            turned: this.#weight(graph, turnedName(name), [into!, out!], "int8"),
            scales: this.#weight(graph, scalesName(name), [out!]),
            largestCode,
          };
    const spared = (name: string): SparedRounding =>
      sparedRounding(this.config, name, (tensor) => this.directory.tensor(tensor).data);
    return Object.assign(this.weights(graph), { quantised, spared });
  }

  /** As `roundedWeights`, for graphs that only read. */
  readingWeights(graph: Graph): WeightSource {
    return Object.assign(this.roundedWeights(graph), { areRead: true as const });
  }

  has(name: string): boolean {
    return this.#cache.places[name] !== undefined;
  }

  #weight(graph: Graph, name: string, shape: readonly number[], elementType?: "int8"): Value {
    const made = this.#made.get(graph) ?? new Map<string, Value>();
    this.#made.set(graph, made);
    const known = made.get(name);
    if (known !== undefined) return known;
    const place = this.#cache.places[name];
    if (place === undefined) throw this.#missing(name);
    const data = { kind: "file", location: weightsFile, ...place } as const;
    const value = graph.weight(name, shape.map(Number), data, elementType);
    made.set(name, value);
    return value;
  }

  #missing(name: string): Error {
    const { path } = this.directory;
    const head = headPrefixes.find(([prefix]) => name.startsWith(prefix))?.[1];
    return head === undefined
      ? new ModelDirectoryError(path, [`tensor ${name} is needed and missing`])
      : new MissingHeadError(path, head);
  }

  /** Compiles a graph that uses these weights. A run that gives NaN or ∞ is an error unless `finite` is false. */
  async compile(
    graph: Graph,
    outputs: Readonly<Record<string, Value>>,
    options: SessionOptions,
  ): Promise<GraphSession> {
    return this.compileModel(writeModel(graph, outputs), { finite: true, ...options });
  }

  /**
   * Compiles a written graph that uses these weights. Where they were taken away or damaged between the look at them
   * and their use, it starts again from weights made anew.
   */
  async compileModel(model: Uint8Array, options: SessionOptions): Promise<GraphSession> {
    const weightsFolder = await this.#cache.usableFolder();
    try {
      return await GraphSession.create(model, { ...options, weightsFolder });
    } catch (cause) {
      if (this.#cache.isUnchanged) throw cause;
      return GraphSession.create(model, { ...options, weightsFolder: await this.#cache.usableFolder() });
    }
  }
}
