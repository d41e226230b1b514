import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Passage, packPassages } from "../../src/learning/passages.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import type { OrdinalScale } from "../../src/tone/head/ordinal-scale.ts";
import type { LabelledTone, ToneText } from "../../src/tone/labels/labelled-tone.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { strongestWords, ToneExplainer } from "../../src/tone/reasons/tone-explainer.ts";
import { generalTone, PersonalTone } from "../../src/tone/writer/personal-tone.ts";
import { needs } from "../prerequisite.ts";

const base = "models/idiolect-base";
const weights = needs("base", "model.safetensors");

describe.skipIf(weights.isMissing)(`tone with ${base}${weights.note}`, () => {
  let cache: string;
  let model: PretrainedModel;
  let encoder: TextEncoder;
  let scale: OrdinalScale;
  beforeAll(async () => {
    cache = mkdtempSync(join(tmpdir(), "idiolect-tone-"));
    model = await PretrainedModel.open(base, cache);
    encoder = new TextEncoder(model, { threads: 2 });
    scale = (await encoder.scale())!;
  });
  afterAll(async () => {
    await encoder.release();
    rmSync(cache, { recursive: true });
  });

  function passageOf(sentence: string): Passage {
    const { cls, sep } = model.tokenizer.specialIds;
    return packPassages([model.tokenizer.encodeWords(sentence)], { clsId: cls, sepId: sep })[0]!;
  }

  async function read(...sentences: readonly string[]): Promise<readonly ToneText[]> {
    const readings = await encoder.read(sentences.map(passageOf));
    return readings.map(({ vector, valence, textScale }, at) => ({
      key: sentences[at]!,
      scope: "sentence",
      latent: valence!,
      ...(textScale === undefined ? {} : { textScale }),
      vector,
    }));
  }

  it("tells clear sentences apart", async () => {
    const tone = PersonalTone.learn([], scale);
    const [glad, cross] = await read(
      "I love this place and everyone in it.",
      "What a miserable, pointless meeting.",
    );
    expect(tone.read(glad!).valence).toBeGreaterThan(0.5);
    expect(tone.read(cross!).valence).toBeLessThan(-0.5);
  });

  it("reads as with products in full, within what rounding may change, and alike whatever it is read with", async () => {
    const sentences = [
      "I love this place and everyone in it.",
      "What a miserable, pointless meeting.",
      "The meeting starts at nine, and the minutes will be sent round by the end of the week.",
      "The soup was warm.",
      "Nobody has answered my letter, which I wrote in March and sent again in May, and I am tired of it!",
    ];
    const inFull = new TextEncoder(model, { threads: 1, products: "full" });
    const full = await inFull.read(sentences.map(passageOf));
    await inFull.release();
    const together = await encoder.read(sentences.map(passageOf));
    for (const [at, { valence, vector }] of together.entries()) {
      const cosine = vector.reduce((sum, number, i) => sum + number * full[at]!.vector[i]!, 0);
      expect(Math.abs(valence! - full[at]!.valence!)).toBeLessThan(0.15);
      expect(cosine).toBeGreaterThan(0.99);
      const [alone] = await encoder.read([passageOf(sentences[at]!)]);
      expect(alone!.valence).toBeCloseTo(valence!, 4);
    }
  });

  it("follows a correction at once where it was said, and leaves other sentences alone, near ones too", async () => {
    const [dry, near, far] = await read(
      "That soup is adequate.",
      "The soup here is adequate, too.",
      "The garden was full of bees this morning.",
    );
    const correction: LabelledTone = {
      ...dry!,
      document: "post",
      target: { kind: "valence", valence: -0.5 },
      weight: 1,
      timeMs: 0,
      kind: "correction",
    };
    const tone = new PersonalTone(generalTone, [correction], scale);
    expect(tone.read(dry!).label).toBe("negative");
    expect(tone.latent(near!)).toBe(near!.latent);
    expect(tone.latent(far!)).toBe(far!.latent);
  });

  it("explains a clear sentence by its words", async () => {
    const explainer = new ToneExplainer(model, { threads: 2 });
    const sentence = "I love this place and everyone in it.";
    const explanation = await explainer.explain(passageOf(sentence));
    await explainer.release();
    const { spans } = model.tokenizer.encodeWords(sentence);
    const [first] = strongestWords(explanation.words);
    expect(sentence.slice(spans[first!.word]!.start, spans[first!.word]!.end)).toBe("love");
    const change = Math.abs(explanation.latent - explanation.baselineLatent);
    expect(Math.abs(explanation.completenessError)).toBeLessThan(0.1 * change);
  });
});
