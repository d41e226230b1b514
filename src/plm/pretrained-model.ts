import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Graph } from "../graph/graph.ts";
import { GraphSession, type SessionOptions } from "../graph/session.ts";
import type { Value } from "../graph/value.ts";
import { writeModel } from "../graph/write-model.ts";
import type { WeightSource } from "./affine.ts";
import { ModelDirectoryError } from "./errors.ts";
import type { ModelConfig } from "./model-config.ts";
import { type ModelDirectory, readModelDirectory } from "./model-directory.ts";
import { loadTokenizer, type Tokenizer } from "./tokenizer.ts";

/** Where a weight lies in the file of all weights. */
interface Place {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

const weightsFile = "weights.bin";
const placesFile = "weights.json";
/** ONNX asks for offsets that a memory map can start at. */
const alignmentBytes = 4096;

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
  readonly #places: Readonly<Record<string, Place>>;

  private constructor(
    directory: ModelDirectory,
    tokenizer: Tokenizer,
    folder: string,
    places: Readonly<Record<string, Place>>,
  ) {
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
    if (!existsSync(join(folder, placesFile))) {
      await writeWeights(directory, folder);
    }
    const places = JSON.parse(await readFile(join(folder, placesFile), "utf8")) as Record<string, Place>;
    return new PretrainedModel(directory, tokenizer, folder, places);
  }

  /** Hands out the weights as frozen parts of a graph, each once. */
  weights(graph: Graph): WeightSource {
    const made = new Map<string, Value>();
    return (name, shape) => {
      const known = made.get(name);
      if (known !== undefined) {
        return known;
      }
      const place = this.#places[name];
      if (place === undefined) {
        throw new ModelDirectoryError(this.directory.path, [`tensor ${name} is needed and missing`]);
      }
      const value = graph.weight(name, shape.map(Number), { kind: "file", location: weightsFile, ...place });
      made.set(name, value);
      return value;
    };
  }

  has(name: string): boolean {
    return this.#places[name] !== undefined;
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

/** Every float tensor of the directory one after the other; the list of places comes last and makes it valid. */
async function writeWeights(directory: ModelDirectory, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = draftOf(join(folder, weightsFile));
  const places: Record<string, Place> = {};
  const file = await open(draft, "w");
  try {
    let offsetBytes = 0;
    for (const name of directory.tensorNames()) {
      const { data } = directory.tensor(name);
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      await file.write(bytes, 0, bytes.length, offsetBytes);
      places[name] = { offsetBytes, lengthBytes: bytes.length };
      offsetBytes = Math.ceil((offsetBytes + bytes.length) / alignmentBytes) * alignmentBytes;
    }
    await file.sync();
    await file.close();
    await rename(draft, join(folder, weightsFile));
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
  const list = draftOf(join(folder, placesFile));
  await writeFile(list, JSON.stringify(places));
  await rename(list, join(folder, placesFile));
}

/** Where a file is written before it takes its name, so that nobody sees half of it. */
const draftOf = (path: string): string => `${path}.${randomUUID()}.draft`;
