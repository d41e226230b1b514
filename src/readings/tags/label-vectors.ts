import { titleAndLead } from "../../learning/cut-document.ts";
import type { Passage } from "../../learning/passages.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { type LabelVectors, labelWords } from "../../tags/features/label-features.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";

/** Tags that are tokenised at a time; a few milliseconds. */
const tagsPerPart = 64;

/** Reads the words of tags, so that a tag is near what it names before it was ever used. */
export async function readLabelVectors(
  model: PretrainedModel,
  encoder: TextEncoder,
  tags: readonly string[],
  prompts: SoftPrompts | undefined,
  breathe?: () => Promise<void>,
): Promise<LabelVectors> {
  const keys = [...new Set(tags.map(tagKey))];
  const texts: Passage[] = [];
  for (const [at, key] of keys.entries()) {
    if (at % tagsPerPart === 0) await breathe?.();
    texts.push(titleAndLead(model, labelWords(key), []));
  }
  const readings = await encoder.read(texts, prompts, breathe);
  const vectors = new Map(keys.map((key, at) => [key, readings[at]!.vector]));
  return (tag) => vectors.get(tagKey(tag));
}
