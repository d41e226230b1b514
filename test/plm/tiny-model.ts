import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Passage } from "../../src/learning/passages.ts";
import { noWord } from "../../src/learning/passages.ts";
import type { Random } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";

/** A two-layer BERT with random weights, hidden size 16, 50 tokens, 24 positions. */
export const tinyBertPath = fileURLToPath(new URL("../golden/tiny-bert", import.meta.url));

export function openTinyModel(
  cachePath = mkdtempSync(join(tmpdir(), "idiolect-cache-")),
): Promise<PretrainedModel> {
  return PretrainedModel.open(tinyBertPath, cachePath);
}

/** A passage of `words` one-token words, each following from the one before: something to be learned. */
export function patternPassage(model: PretrainedModel, words: number, random: Random): Passage {
  const { cls, sep } = model.tokenizer.specialIds;
  const first = 10 + random.integer(30);
  const ids = [cls, ...Array.from({ length: words }, (_, at) => 10 + ((first - 10 + at) % 30)), sep];
  const wordNumbers = [noWord, ...Array.from({ length: words }, (_, at) => at), noWord];
  return { ids: Uint16Array.from(ids), words: Uint16Array.from(wordNumbers) };
}
