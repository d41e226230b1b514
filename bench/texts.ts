import { diskFileSource } from "../src/corpus/files/file-source.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { padBatch } from "../src/learning/batching.ts";
import { cutDocument } from "../src/learning/cut-document.ts";
import { maskingFor } from "../src/learning/masked-lm-measure.ts";
import { applyMasks, chooseMask, type MaskedBatch } from "../src/learning/masking.ts";
import { noWord, type Passage } from "../src/learning/passages.ts";
import { createRandom, type Random } from "../src/numbers/random.ts";
import type { PretrainedModel } from "../src/plm/pretrained-model.ts";
import type { Settings } from "./settings.ts";
import type { Workplace } from "./workplace.ts";

export const sampleBlog = "media/sample-blog";

/** The passages of a folder of documents, cut as learning cuts them. */
export async function passagesOf(model: PretrainedModel, folder: string): Promise<readonly Passage[]> {
  const { documents } = await readCorpus([folder], {}, diskFileSource);
  return documents.flatMap(({ sentences, path }) => {
    const texts = sentences.map(({ plain }) => plain);
    return cutDocument(model, path, texts).passages;
  });
}

/** Passages of exactly `lengthTokens` tokens, cut out of running text without regard to sentences. */
export function fullPassages(
  model: PretrainedModel,
  passages: readonly Passage[],
  lengthTokens: number,
): readonly Passage[] {
  const { cls, sep } = model.tokenizer.specialIds;
  const running = passages.flatMap(({ ids, words }, row) =>
    Array.from(ids, (id, at) => ({ id, word: words[at]!, row })).filter(({ word }) => word !== noWord),
  );
  const room = lengthTokens - 2;
  return Array.from({ length: Math.floor(running.length / room) }, (_, number) => {
    const tokens = running.slice(number * room, (number + 1) * room);
    let word = 0;
    const words = tokens.map((token, at) => {
      const before = tokens[at - 1];
      word += before !== undefined && (before.word !== token.word || before.row !== token.row) ? 1 : 0;
      return word;
    });
    return {
      ids: Uint16Array.of(cls, ...tokens.map(({ id }) => id), sep),
      words: Uint16Array.of(noWord, ...words, noWord),
    };
  });
}

/** The batch without padding that steps are timed on: running text of the sample blog. */
export async function fullBatch({
  model,
  settings,
}: Pick<Workplace, "model" | "settings">): Promise<MaskedBatch> {
  return maskedBatch(model, await fullRows(model, settings), createRandom("full batch"));
}

/** Its rows before words are hidden. */
export async function fullRows(
  model: PretrainedModel,
  { batchRows, lengthTokens }: Settings,
): Promise<readonly Passage[]> {
  return fullPassages(model, await passagesOf(model, sampleBlog), lengthTokens).slice(0, batchRows);
}

export const batchSize = ({ batchRows, lengthTokens }: Settings): string => `${batchRows} × ${lengthTokens}`;

/** Pads a batch and hides 15 % of its words. */
export function maskedBatch(
  model: PretrainedModel,
  passages: readonly Passage[],
  random: Random,
): MaskedBatch {
  const masking = maskingFor(model);
  const masks = passages.map((passage) => chooseMask(passage, masking, random));
  return applyMasks(padBatch(passages, model.tokenizer.specialIds.pad), masks);
}
