import { existsSync } from "node:fs";
import { join } from "node:path";
import { ModelDirectoryError } from "../errors.ts";
import { PretrainedModel } from "../pretrained-model.ts";

/** Where an ELECTRA directory keeps its generator: a model directory of its own. */
export const generatorFolder = "generator";

/**
 * The small model that puts words in the place of hidden ones, for an ELECTRA discriminator to find (Clark et
 * al. 2020, arXiv 2003.10555); undefined where the directory has none. Throws {@link ModelDirectoryError} for
 * one that does not guess words, or not those of the discriminator.
 */
export async function openGenerator(
  discriminator: PretrainedModel,
  cachePath: string,
): Promise<PretrainedModel | undefined> {
  const path = join(discriminator.directory.path, generatorFolder);
  return existsSync(path) ? openGeneratorAt(path, discriminator, cachePath) : undefined;
}

/** The same from a directory of its own. */
export async function openGeneratorAt(
  path: string,
  discriminator: PretrainedModel,
  cachePath: string,
): Promise<PretrainedModel> {
  const generator = await PretrainedModel.open(path, cachePath);
  if (!generator.directory.heads.mlm) {
    throw new ModelDirectoryError(path, ["a generator needs a head that guesses words, and it has none"]);
  }
  if (!hasSameVocabulary(discriminator, generator)) {
    throw new ModelDirectoryError(path, ["its vocabulary is not that of the model that it generates for"]);
  }
  return generator;
}

function hasSameVocabulary(
  { tokenizer: one }: PretrainedModel,
  { tokenizer: other }: PretrainedModel,
): boolean {
  if (one.vocabularySize !== other.vocabularySize) return false;
  for (let id = 0; id < one.vocabularySize; id++) {
    if (one.tokenOf(id) !== other.tokenOf(id)) return false;
  }
  return true;
}
