import { BuildBatches } from "../../scripts/model/build-batches.ts";
import type { BuildData } from "../../scripts/model/data.ts";
import { textKinds } from "../../scripts/model/sources.ts";
import { tokeniseText } from "../../scripts/model/text-data.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { Tokenizer } from "../../src/plm/tokens/tokenizer.ts";

/** Of one length, as batches are dealt by length and would each have one tone otherwise. */
const tones = [
  ["no that was not it", 0],
  ["this is the long river", 2],
  ["they like their first people", 4],
] as const;

/** What a build reads, of three sentences with a tone each in two sets that draw their lines alike, and one text. */
export function smallData(tokenizer: Tokenizer): Pick<BuildData, "text" | "sentiment"> {
  const passage = tokeniseText("they went down to the river. it was a long way. who was it?", tokenizer);
  const kinds = textKinds.map((kind) => [kind, { train: [passage], heldOut: [] }]);
  const train = ["prose", "goemotions"].flatMap((set) =>
    tones.map(([text, label]) => ({
      ...tokeniseText(text, tokenizer),
      set,
      ...(set === "prose" ? { label, classes: 5 as const } : { label: label / 2, classes: 3 as const }),
    })),
  );
  const sentiment = { train, heldOut: [], test: {} } as unknown as BuildData["sentiment"];
  return { text: Object.fromEntries(kinds) as BuildData["text"], sentiment };
}

export function smallBatches(tokenizer: Tokenizer, seed = "batches"): BuildBatches {
  const masking = {
    maskId: tokenizer.specialIds.mask,
    firstWordId: 5,
    vocabularySize: tokenizer.vocabularySize,
  };
  const enders = tokenizer.encodeWords(".").ids;
  const options = { masking, padId: tokenizer.specialIds.pad, enders };
  return new BuildBatches(smallData(tokenizer), createRandom(seed), options);
}
