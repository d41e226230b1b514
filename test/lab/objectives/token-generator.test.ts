import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { TokenGenerator } from "../../../src/lab/objectives/token-generator.ts";
import { padBatch } from "../../../src/learning/batching.ts";
import { applyMasks } from "../../../src/learning/masking.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { openGenerator } from "../../../src/plm/heads/generator.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { goldenPath } from "../../plm/encoder/family-golden.ts";

const cache = mkdtempSync(join(tmpdir(), "idiolect-filling-"));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

test("A word that is drawn as it was is not replaced.", async () => {
  const electra = await PretrainedModel.open(goldenPath("tiny-electra"), cache);
  const generator = new TokenGenerator((await openGenerator(electra, cache))!, 1);
  const { mask, cls, sep, pad } = electra.tokenizer.specialIds;
  /** Draws the second of three words, whose true token is given. */
  const draw = async (truth: number) => {
    const padded = padBatch([{ ids: Uint16Array.of(cls, 7, truth, 9, sep) }], pad);
    const masks = [{ positions: Uint16Array.of(2), shown: Int32Array.of(mask) }];
    const { ids, replaced } = await generator.replace(applyMasks(padded, masks), createRandom("draw"));
    return { drawn: Number(ids!.data[2]), replaced: Array.from(replaced!.data, Number) };
  };
  const { drawn } = await draw(8);
  const other = drawn === 8 ? 10 : 8;
  expect(await draw(other)).toEqual({ drawn, replaced: [0, 0, 1, 0, 0] });
  expect(await draw(drawn)).toEqual({ drawn, replaced: [0, 0, 0, 0, 0] });
  await generator.release();
});
