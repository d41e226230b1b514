import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModelConfig } from "../files/model-config.ts";
import { type ModelDirectory, type ModelHeads, readModelDirectory } from "../files/model-directory.ts";
import { modelFileNames } from "../files/model-files.ts";
import { elementCount } from "../files/safetensors-header.ts";
import { encoderTensors } from "../files/tensor-shapes.ts";
import { generatorFolder } from "../heads/generator.ts";
import { loadTokenizer, type Tokenizer } from "../tokens/tokenizer.ts";
import { countParameters, estimateCost, type ModelCost, type ModelLoad } from "./model-cost.ts";
import { findLicence, type ModelLicence } from "./model-licence.ts";

/** A part that a model lacks, and what does not work without it. */
export interface MissingPart {
  readonly what: string;
  readonly consequence: string;
}

/** What a model directory is, without a weight of it having been read. */
export interface ModelInspection {
  readonly path: string;
  readonly id: string;
  readonly config: ModelConfig;
  readonly parameters: { readonly encoder: number; readonly heads: number };
  /** Bytes of the three files, and how many tensors are stored as which type. */
  readonly fileBytes: number;
  readonly stored: Readonly<Record<string, number>>;
  /** Tensors that are not used, such as a pooler. */
  readonly unusedTensors: number;
  readonly heads: ModelHeads;
  readonly hasGenerator: boolean;
  readonly tokenizer: Pick<Tokenizer, "family" | "vocabularySize" | "specialIds">;
  readonly licence: ModelLicence | null;
  readonly missing: readonly MissingPart[];
  readonly cost: ModelCost;
}

/** Throws ModelDirectoryError, SafetensorsError or TokenizerError for a directory that cannot be used. */
export async function inspectModel(path: string, load: ModelLoad): Promise<ModelInspection> {
  const directory = await readModelDirectory(path);
  const { family, vocabularySize, specialIds } = await loadTokenizer(path, {
    embeddings: directory.config.vocab_size,
  });
  const { id, config, heads } = directory;
  const hasGenerator = existsSync(join(path, generatorFolder));
  const licence = (await findLicence(path)) ?? null;
  const shapes = knownShapes(directory);
  const encoder = countParameters(encoderTensors(config));
  return {
    path,
    id,
    config,
    parameters: { encoder, heads: countParameters(shapes) - encoder },
    fileBytes: await bytesOfFiles(path),
    ...storage(directory),
    heads,
    hasGenerator,
    tokenizer: { family, vocabularySize, specialIds },
    licence,
    missing: missingParts(directory, hasGenerator, licence),
    cost: estimateCost(config, { full: 4 * countParameters(shapes), codes: codeBytes(directory) }, load),
  };
}

function knownShapes({ file, tensorNames, storedName }: ModelDirectory) {
  return new Map(tensorNames().map((name) => [name, file.entry(storedName(name)!).shape] as const));
}

/** Matrices of the encoder that are stored in 8 bits are kept so in the cache, too, once more turned. */
function codeBytes({ file, tensorNames, storedName }: ModelDirectory): number {
  return tensorNames()
    .filter((name) => name.startsWith("encoder."))
    .map((name) => file.entry(storedName(name)!))
    .reduce((sum, { type, lengthBytes }) => sum + (type === "I8" ? lengthBytes : 0), 0);
}

async function bytesOfFiles(path: string): Promise<number> {
  const sizes = await Promise.all(modelFileNames.map(async (name) => (await stat(join(path, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function storage({ file, tensorNames, storedName }: ModelDirectory) {
  const used = new Set(tensorNames().map((name) => storedName(name)!));
  const stored: Record<string, number> = {};
  for (const name of used) {
    const { type } = file.entry(name);
    stored[type] = (stored[type] ?? 0) + 1;
  }
  const isScale = (name: string) => name.endsWith(".scale") && used.has(name.slice(0, -".scale".length));
  const others = [...file.entries].filter(([name]) => !used.has(name) && !isScale(name));
  return { stored, unusedTensors: others.filter(([, { shape }]) => elementCount(shape) > 0).length };
}

function missingParts(
  { config, heads }: ModelDirectory,
  hasGenerator: boolean,
  licence: ModelLicence | null,
): readonly MissingPart[] {
  const missing: MissingPart[] = [];
  if (!heads.mlm) {
    const consequence = "a writer's prompts cannot be learned; tags are suggested without them";
    missing.push({ what: "head that guesses hidden words (masked LM)", consequence });
  }
  if (!heads.sentiment) {
    missing.push({ what: "head for tone", consequence: "no tone is read; tags work" });
  }
  if (config.model_type === "electra" && heads.replacedTokens && !hasGenerator) {
    const consequence = "replaced tokens cannot be learned from";
    missing.push({ what: `generator (folder ${generatorFolder})`, consequence });
  }
  if (licence === null) {
    missing.push({ what: "licence", consequence: "nothing says what the model may be used for" });
  }
  return missing;
}
