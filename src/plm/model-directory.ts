import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { MissingTensorError, ModelDirectoryError } from "./errors.ts";
import { type ModelConfig, modelConfigSchema } from "./model-config.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors, type TensorShapes } from "./model-tensors.ts";
import { quantisedAxis, readWeight, scaleName } from "./quantise.ts";
import { Safetensors } from "./safetensors.ts";

/** A weight in memory: `data` is row-major, as long as the product of `shape`. */
export interface LoadedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What the model can do beyond giving hidden states. Absent heads must be trained, never made up. */
export interface ModelHeads {
  readonly mlm: boolean;
  /** The ordinal head of src/tasks/sentiment. */
  readonly sentiment: boolean;
}

/** A Hugging Face directory of a BERT model whose every tensor was found, by name and shape. */
export interface ModelDirectory {
  readonly path: string;
  /** SHA-256 over config.json, tokenizer.json and model.safetensors: what a profile was learned on. */
  readonly id: string;
  readonly config: ModelConfig;
  readonly heads: ModelHeads;
  /** Path of tokenizer.json. */
  readonly tokenizerPath: string;
  /** Whether there is a tensor of this name, with or without the prefix `bert.`. */
  has(name: string): boolean;
  /** Names of all float tensors, 8-bit ones among them, without the prefix `bert.`; their scales are left out. */
  tensorNames(): readonly string[];
  /** Reads one tensor from the file, 8-bit ones as floats. Nothing is kept. Throws {@link MissingTensorError}. */
  tensor(name: string): LoadedTensor;
}

const fileNames = ["config.json", "tokenizer.json", "model.safetensors"] as const;
const prefix = "bert.";
const floatTypes: readonly string[] = ["F32", "F16", "BF16"];

/**
 * Opens a model directory and checks it whole, before any weight is read.
 * Throws {@link ModelDirectoryError} with everything that is missing or mis-shaped, or the error of a file that
 * cannot be read.
 */
export async function readModelDirectory(path: string): Promise<ModelDirectory> {
  await checkFiles(path);
  const config = await readConfig(path);
  const file = Safetensors.open(join(path, "model.safetensors"));
  const names = namesOf(file);
  const { heads, problems } = checkTensors(file, names, config);
  if (problems.length > 0) throw new ModelDirectoryError(path, problems);
  return {
    path,
    id: await hashFiles(path),
    config,
    heads,
    tokenizerPath: join(path, "tokenizer.json"),
    tensorNames: () => [...names.keys()].filter((name) => isWeight(file, names.get(name)!)),
    has: (name) => names.has(withoutPrefix(name)),
    tensor: (name) => {
      const stored = names.get(withoutPrefix(name));
      if (stored === undefined) throw new MissingTensorError(file.path, name);
      return { shape: file.entry(stored).shape, data: readWeight(file, stored) };
    },
  };
}

function isWeight(file: Safetensors, stored: string): boolean {
  const { type } = file.entry(stored);
  const isScale = stored.endsWith(".scale") && file.entries.has(stored.slice(0, -".scale".length));
  return !isScale && (floatTypes.includes(type) || type === "I8");
}

async function checkFiles(path: string): Promise<void> {
  const directory = await stat(path).catch(() => undefined);
  if (!directory?.isDirectory())
    throw new ModelDirectoryError(path, ["it is not a directory that can be read"]);
  const problems: string[] = [];
  for (const name of fileNames) {
    const file = await stat(join(path, name)).catch(() => undefined);
    if (!file?.isFile()) problems.push(`${name} is missing`);
  }
  if (problems.length > 0) throw new ModelDirectoryError(path, problems);
}

async function readConfig(path: string): Promise<ModelConfig> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(path, "config.json"), "utf8"));
  } catch (cause) {
    throw new ModelDirectoryError(path, ["config.json is not JSON"], { cause });
  }
  const parsed = modelConfigSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: keys, message }) => `config.json: ${keys.join(".") || "the whole"}: ${message}`,
  );
  throw new ModelDirectoryError(path, problems, { cause: parsed.error });
}

/** Names without `bert.` to names as stored. */
function namesOf(file: Safetensors): ReadonlyMap<string, string> {
  return new Map(Array.from(file.entries.keys(), (name) => [withoutPrefix(name), name]));
}

function withoutPrefix(name: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

interface TensorCheck {
  readonly heads: ModelHeads;
  readonly problems: readonly string[];
}

/** A head is there if any of its tensors is; then all of them must be. */
function checkTensors(
  file: Safetensors,
  names: ReadonlyMap<string, string>,
  config: ModelConfig,
): TensorCheck {
  const isAnyPresent = (shapes: TensorShapes): boolean => shapes.keys().some((name) => names.has(name));
  const problems = missingOrMisshaped(file, names, encoderTensors(config));

  const mlmTensors = mlmHeadTensors(config);
  const mlm = isAnyPresent(mlmTensors);
  if (mlm) problems.push(...missingOrMisshaped(file, names, mlmTensors));

  const sentimentTensors = sentimentHeadTensors(config);
  const sentiment = isAnyPresent(sentimentTensors);
  if (sentiment) problems.push(...missingOrMisshaped(file, names, sentimentTensors));
  return { heads: { mlm, sentiment }, problems };
}

function missingOrMisshaped(
  file: Safetensors,
  names: ReadonlyMap<string, string>,
  expected: TensorShapes,
): string[] {
  const problems: string[] = [];
  for (const [name, shape] of expected) {
    const entry = file.entries.get(names.get(name) ?? name);
    if (entry === undefined) {
      problems.push(`tensor ${name} [${shape.join(", ")}] is missing`);
    } else if (!isSameShape(entry.shape, shape)) {
      problems.push(
        `tensor ${name} has shape [${entry.shape.join(", ")}], config.json asks for [${shape.join(", ")}]`,
      );
    } else if (entry.type === "I8") {
      const scale = file.entries.get(scaleName(entry.name));
      if (scale?.type !== "F32" || quantisedAxis(shape, scale.shape) === undefined) {
        problems.push(`tensor ${name} has 8 bits, but no scales that fit it`);
      }
    } else if (!floatTypes.includes(entry.type)) {
      problems.push(`tensor ${name} is stored as ${entry.type}, which is no type of weights`);
    }
  }
  return problems;
}

function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, index) => size === b[index]);
}

/** Each file counts with its name and length, so that bytes cannot move from one to the next unseen. */
async function hashFiles(path: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of fileNames) {
    const file = join(path, name);
    hash.update(`${name}\0${(await stat(file)).size}\0`);
    await addFile(hash, file);
  }
  return hash.digest("hex");
}

async function addFile(hash: Hash, path: string): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk);
}
