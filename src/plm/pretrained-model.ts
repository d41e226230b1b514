import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Graph } from "../graph/graph.ts";
import { GraphSession, type SessionOptions } from "../graph/session.ts";
import type { Value } from "../graph/value.ts";
import { writeModel } from "../graph/write-model.ts";
import type { WeightSource } from "./affine.ts";
import { type HeadName, MissingHeadError, ModelDirectoryError } from "./errors.ts";
import type { ModelConfig } from "./model-config.ts";
import { type ModelDirectory, readModelDirectory } from "./model-directory.ts";
import { loadTokenizer, type Tokenizer } from "./tokenizer.ts";
import { codesName, draftOf, openWeightCache, type Places, scalesName, weightsFile } from "./weight-cache.ts";

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
  readonly #folder: string;
  readonly #places: Places;
  /** Each weight is part of a graph once. */
  readonly #made = new WeakMap<Graph, Map<string, Value>>();

  private constructor(directory: ModelDirectory, tokenizer: Tokenizer, folder: string, places: Places) {
    this.id = directory.id;
    this.config = directory.config;
    this.tokenizer = tokenizer;
    this.directory = directory;
    this.#folder = folder;
    this.#places = places;
  }

  /**
   * Opens a Hugging Face directory and writes its weights to the cache where they are not there yet.
   * Throws ModelDirectoryError for a directory that lacks something or contradicts itself.
   */
  static async open(path: string, cachePath: string): Promise<PretrainedModel> {
    const directory = await readModelDirectory(path);
    const tokenizer = await loadTokenizer(path);
    if (tokenizer.vocabularySize > directory.config.vocab_size) {
      const sizes = `${tokenizer.vocabularySize} tokens for ${directory.config.vocab_size} embeddings`;
      throw new ModelDirectoryError(path, [`tokenizer.json and the word embeddings do not fit: ${sizes}`]);
    }
    const folder = join(cachePath, directory.id.slice(0, 16));
    const places = await openWeightCache(directory, folder);
    return new PretrainedModel(directory, tokenizer, folder, places);
  }

  /**
   * Hands out the weights as frozen parts of a graph, each once. The source throws {@link MissingHeadError}
   * for a part of a head that the model does not have.
   */
  weights(graph: Graph): WeightSource {
    return (name, shape) => this.#weight(graph, name, shape);
  }

  /**
   * As `weights`; products with matrices of the encoder that the model stores in 8 bits are computed in 8 bits.
   * The matrices are exact then, the hidden states rounded. For training: a reading would depend on its batch.
   */
  roundedWeights(graph: Graph): WeightSource {
    const quantised: WeightSource["quantised"] = (name, [out, into]) =>
      this.#places[codesName(name)] === undefined
        ? undefined
        : {
            codes: this.#weight(graph, codesName(name), [into!, out!], "int8"),
            scales: this.#weight(graph, scalesName(name), [out!]),
          };
    return Object.assign(this.weights(graph), { quantised });
  }

  has(name: string): boolean {
    return this.#places[name] !== undefined;
  }

  #weight(graph: Graph, name: string, shape: readonly number[], elementType?: "int8"): Value {
    const made = this.#made.get(graph) ?? new Map<string, Value>();
    this.#made.set(graph, made);
    const known = made.get(name);
    if (known !== undefined) return known;
    const place = this.#places[name];
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

  /** Compiles a graph that uses these weights. */
  async compile(
    graph: Graph,
    outputs: Readonly<Record<string, Value>>,
    options: SessionOptions,
  ): Promise<GraphSession> {
    return GraphSession.create(await this.writeGraph(writeModel(graph, outputs)), options);
  }

  /** Puts a written graph beside the weights it refers to and returns its path. */
  async writeGraph(model: Uint8Array): Promise<string> {
    const name = createHash("sha256").update(model).digest("hex").slice(0, 16);
    const path = join(this.#folder, `${name}.onnx`);
    if (!existsSync(path)) {
      const draft = draftOf(path);
      await writeFile(draft, model);
      await rename(draft, path);
    }
    return path;
  }
}
