import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { equalShapes, shapeText } from "../../graph/dimension.ts";
import { MissingTensorError, ModelDirectoryError } from "../errors.ts";
import { type ModelConfig, modelConfigSchema } from "./model-config.ts";
import { checkModelFiles } from "./model-files.ts";
import { hashOfModel } from "./model-hash.ts";
import { notJson, parseJson } from "./parse-json.ts";
import { quantisedAxis, readWeight, scaleName } from "./quantise.ts";
import { Safetensors } from "./safetensors.ts";
import { canonicalName, namesOfTensors } from "./tensor-names.ts";
import {
  encoderTensors,
  mlmHeadTensors,
  replacedTokenHeadTensors,
  sentimentHeadTensors,
  type TensorShapes,
} from "./tensor-shapes.ts";

/** A weight in memory: `data` is row-major, as long as the product of `shape`. */
export interface LoadedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What the model can do beyond giving hidden states. Absent heads must be trained, never made up. */
export interface ModelHeads {
  /** Guesses hidden words. */
  readonly mlm: boolean;
  /** Tells replaced words: ELECTRA's discriminator. */
  readonly replacedTokens: boolean;
  /** Reads tone; see src/tone/head. */
  readonly sentiment: boolean;
}

/**
 * A Hugging Face directory of a known family whose every tensor was found, by name and shape. Tensors have
 * the names of BERT, without the prefix `bert.`, whatever the file calls them.
 */
export interface ModelDirectory {
  readonly path: string;
  /** SHA-256 over config.json, tokenizer.json and model.safetensors: what a profile was learned on. */
  readonly id: string;
  readonly config: ModelConfig;
  readonly heads: ModelHeads;
  /** Path of tokenizer.json. */
  readonly tokenizerPath: string;
  readonly file: Safetensors;
  /** Whether there is a tensor of this name, BERT's or the stored one. */
  has(name: string): boolean;
  /** The name of a tensor in the file; undefined where there is none. */
  storedName(name: string): string | undefined;
  /** Names of all tensors of the encoder and of the heads that are there. */
  tensorNames(): readonly string[];
  /** Reads one tensor from the file, 8-bit ones as floats. Nothing is kept. Throws {@link MissingTensorError}. */
  tensor(name: string): LoadedTensor;
}

/** Labels have a name each; a config has few others. */
const maximumConfigEntries = 20_000;
const floatTypes: readonly string[] = ["F32", "F16", "BF16"];

/**
 * Opens a model directory and checks it whole, before any weight is read.
 * Throws {@link ModelDirectoryError} with everything that is missing or mis-shaped, or the error of a file that
 * cannot be read.
 */
export async function readModelDirectory(path: string): Promise<ModelDirectory> {
  await checkModelFiles(path);
  const config = await readConfig(path);
  const file = Safetensors.open(join(path, "model.safetensors"));
  const names = namesOfTensors(config.model_type, file.entries.keys());
  const { heads, known, problems } = checkTensors(file, names, config);
  if (problems.length > 0) throw new ModelDirectoryError(path, problems);
  if (file.isMostlyZeros()) {
    const problem = "most of model.safetensors is zeros, as in a download that was not finished";
    throw new ModelDirectoryError(path, [problem]);
  }
  const storedName = (name: string) => names.get(canonicalName(config.model_type, name))?.[0];
  return {
    path,
    id: await hashOfModel(path),
    config,
    heads,
    tokenizerPath: join(path, "tokenizer.json"),
    file,
    tensorNames: () => known,
    has: (name) => storedName(name) !== undefined,
    storedName,
    tensor: (name) => {
      const stored = storedName(name);
      if (stored === undefined) throw new MissingTensorError(file.path, name);
      return { shape: file.entry(stored).shape, data: readWeight(file, stored) };
    },
  };
}

async function readConfig(path: string): Promise<ModelConfig> {
  let json: unknown;
  try {
    json = parseJson(await readFile(join(path, "config.json")), maximumConfigEntries);
  } catch (cause) {
    throw new ModelDirectoryError(path, [`config.json ${notJson(cause)}`], { cause });
  }
  const parsed = modelConfigSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: keys, message }) => `config.json: ${keys.join(".") || "the whole"}: ${message}`,
  );
  throw new ModelDirectoryError(path, problems, { cause: parsed.error });
}

type NamesOfTensors = ReturnType<typeof namesOfTensors>;

interface TensorCheck {
  readonly heads: ModelHeads;
  /** Names of the encoder's tensors and of those of the heads that are there. */
  readonly known: readonly string[];
  readonly problems: readonly string[];
}

/** A head is there if any of its tensors is; then all of them must be. */
function checkTensors(file: Safetensors, names: NamesOfTensors, config: ModelConfig): TensorCheck {
  const parts = {
    mlm: mlmHeadTensors(config),
    replacedTokens: config.model_type === "electra" ? replacedTokenHeadTensors(config) : new Map(),
    sentiment: sentimentHeadTensors(config),
  };
  const isPresent = (shapes: TensorShapes): boolean => shapes.keys().some((name) => names.has(name));
  const present = Object.values(parts).filter(isPresent);
  const shapes = [encoderTensors(config), ...present];
  return {
    heads: {
      mlm: isPresent(parts.mlm),
      replacedTokens: isPresent(parts.replacedTokens),
      sentiment: isPresent(parts.sentiment),
    },
    known: shapes.flatMap((tensors) => [...tensors.keys()]),
    problems: shapes.flatMap((tensors) => missingOrMisshaped(file, names, tensors)),
  };
}

function missingOrMisshaped(file: Safetensors, names: NamesOfTensors, expected: TensorShapes): string[] {
  const problems: string[] = [];
  for (const [name, shape] of expected) {
    const [stored, other] = names.get(name) ?? [];
    if (stored === undefined) {
      problems.push(`tensor ${name} ${shapeText(shape)} is missing`);
    } else if (other !== undefined) {
      problems.push(`tensors ${stored} and ${other} are the same part of the model, so it has two of it`);
    } else {
      problems.push(...problemsOfTensor(file, name, stored, shape));
    }
  }
  return problems;
}

function problemsOfTensor(
  file: Safetensors,
  name: string,
  stored: string,
  shape: readonly number[],
): readonly string[] {
  const entry = file.entry(stored);
  if (!equalShapes(entry.shape, shape)) {
    const shapes = `${shapeText(entry.shape)}, config.json asks for ${shapeText(shape)}`;
    return [`tensor ${name} has shape ${shapes}`];
  }
  if (entry.type === "I8") {
    const scale = file.entries.get(scaleName(stored));
    const fits = scale?.type === "F32" && quantisedAxis(shape, scale.shape) !== undefined;
    return fits ? [] : [`tensor ${name} has 8 bits, but no scales that fit it`];
  }
  return floatTypes.includes(entry.type)
    ? []
    : [`tensor ${name} is stored as ${entry.type}, which is no type of weights`];
}
