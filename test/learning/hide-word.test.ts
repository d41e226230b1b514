import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { hideWord } from "../../src/learning/hide-word.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

describe("A hidden word", () => {
  let model: PretrainedModel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "idiolect-hide-"));
    model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
  });

  const shown = (ids: Int32Array): string => Array.from(ids, (id) => model.tokenizer.tokenOf(id)).join(" ");

  it("is one mask, whatever stood there, between all that is around it.", () => {
    const sentences = ["the river", "it was a long time", "they know"];
    const { ids, position } = hideWord(model, sentences, { sentence: 1, start: 9, end: 13 });
    expect(shown(ids)).toBe("[CLS] the river it was a [MASK] time they know [SEP]");
    expect(ids[position]).toBe(model.tokenizer.specialIds.mask);
  });

  it("may be a gap, where no word goes.", () => {
    const { ids } = hideWord(model, ["the river"], { sentence: 0, start: 3, end: 3 });
    expect(shown(ids)).toBe("[CLS] the [MASK] river [SEP]");
  });

  it("is seen with as much around it as the model takes, and never more.", () => {
    const word = fc.constantFrom("the", "river", "bridge", "long", "was");
    const sentence = fc.array(word, { minLength: 1, maxLength: 90 }).map((words) => words.join(" "));
    const { mask } = model.tokenizer.specialIds;
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (texts, a, b) => {
        const at = a % texts.length;
        const starts = [...texts[at]!.matchAll(/\S+/g)];
        const chosen = starts[b % starts.length]!;
        const place = { sentence: at, start: chosen.index, end: chosen.index + chosen[0].length };
        const { ids, position } = hideWord(model, texts, place);
        const most = model.config.max_position_embeddings;
        expect(ids.length).toBeLessThanOrEqual(most);
        expect([...ids].filter((id) => id === mask)).toEqual([mask]);
        expect(ids[position]).toBe(mask);
        const all = model.tokenizer.encodeWords(texts.join(" ")).ids.length;
        if (all + 2 <= most) expect(ids.length).toBe(all + 2);
        const told = [...ids]
          .slice(1, -1)
          .map((id, token) => (token + 1 === position ? chosen[0] : shown(Int32Array.of(id))));
        expect(` ${texts.join(" ")} `).toContain(` ${told.join(" ")} `);
      }),
    );
  });
});
