import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LabelledText } from "../../../src/lab/objectives/contrastive-objective.ts";
import { VectorLearning } from "../../../src/lab/objectives/vector-learning.ts";
import { startPrompts } from "../../../src/lab/tunings/prompt-start.ts";
import { weightTuning } from "../../../src/lab/tunings/weight-tuning.ts";
import { LabelRangeError } from "../../../src/learning/errors.ts";
import type { TrainingOptions } from "../../../src/learning/text-learning.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../../src/prompts/prompt-tuning.ts";
import { headOnly, type Tuning } from "../../../src/prompts/tuning.ts";
import { openTinyModel, patternPassage } from "../../plm/tiny-model.ts";

const root = mkdtempSync(join(tmpdir(), "idiolect-vectors-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let model: PretrainedModel;
let examples: readonly LabelledText[];
let heldOut: readonly LabelledText[];
let prompts: Tuning;
beforeAll(async () => {
  model = await openTinyModel(join(root, "cache"));
  const random = createRandom("vectors");
  const texts = Array.from({ length: 60 }, (): LabelledText => {
    const { ids } = patternPassage(model, 4 + random.integer(8), random);
    return { ids, labels: [Math.floor((ids[1]! - 10) / 10)] };
  });
  [examples, heldOut] = [texts.slice(0, 40), texts.slice(40)];
  prompts = promptTuning({ shared: await startPrompts(model, { kind: "text", texts }, { length: 2 }) });
});

const rates = { prompt: 5e-2, lowRank: 0, adapter: 0, bias: 0, weight: 5e-3, head: 5e-2, shift: 0 };
const options: TrainingOptions = {
  seed: 1,
  epochs: 10,
  minimumSteps: 0,
  textsPerStep: 20,
  patience: 9,
  rates,
};
const running = { threads: 1, tokensPerRun: 200 };

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, number, at) => sum + number * b[at]!, 0);

describe("sentence vectors", () => {
  it("come nearer to those with a label in common by contrast", async () => {
    const loss = { kind: "contrastive", temperature: 0.5 } as const;
    const learning = new VectorLearning({ model, tuning: weightTuning(model), ...running }, loss);
    const { curve, values } = await learning.train({ examples, heldOut }, options);
    const best = curve.toSorted((a, b) => a.heldOut!.loss - b.heldOut!.loss)[0]!;
    expect(best.heldOut!.loss).toBeLessThan(curve[0]!.heldOut!.loss - 0.3);
    expect(best.heldOut!["nearest"]).toBeGreaterThan(curve[0]!.heldOut!["nearest"]!);
    const vectors = await learning.read(heldOut, values);
    for (const vector of vectors) {
      expect(cosine(vector, vector)).toBeCloseTo(1, 4);
    }
    const nearest = heldOut.filter(({ labels }, at) => {
      const others = vectors.map((vector, other) => (other === at ? -1 : cosine(vectors[at]!, vector)));
      return heldOut[others.indexOf(Math.max(...others))]!.labels[0] === labels[0];
    });
    expect(nearest.length / heldOut.length).toBeCloseTo(best.heldOut!["nearest"]!, 5);
    await learning.release();
  });

  it("come nearer to the vectors of their labels", async () => {
    const vectors = new Float32Array(3 * 16);
    const embeddings = { vectors, labels: 3, hiddenSize: 16 };
    const learning = new VectorLearning(
      { model, tuning: prompts, ...running },
      { kind: "labels", embeddings },
    );
    const { curve, values } = await learning.train({ examples, heldOut }, options);
    expect(curve.at(-1)!.heldOut!.loss).toBeLessThan(curve[0]!.heldOut!.loss - 0.1);
    expect(Object.keys(values.everyone).sort()).toEqual(["labels.bias", "labels.vectors"]);
    await learning.release();
  });

  it("are those of the model where nothing was learned", async () => {
    const plain = new VectorLearning({ model, tuning: headOnly, ...running }, { kind: "contrastive" });
    const tuned = new VectorLearning(
      { model, tuning: weightTuning(model), ...running },
      { kind: "contrastive" },
    );
    const [one, other] = [await plain.read(heldOut, {}), await tuned.read(heldOut, {})];
    one.forEach((vector, at) => {
      expect(cosine(vector, other[at]!)).toBeCloseTo(1, 5);
    });
    await plain.release();
    await tuned.release();
  });

  it("learn nothing from texts without company", async () => {
    const learning = new VectorLearning({ model, tuning: prompts, ...running }, { kind: "contrastive" });
    const lonely = examples.slice(0, 4).map((text, at) => ({ ...text, labels: at === 0 ? [] : [at] }));
    const { values } = await learning.train({ examples: lonely }, { ...options, epochs: 1 });
    expect(values.writers).toEqual({});
    await learning.release();
  });

  it("refuse a label that is none", async () => {
    const embeddings = { vectors: new Float32Array(16), labels: 1, hiddenSize: 16 };
    const learning = new VectorLearning(
      { model, tuning: prompts, ...running },
      { kind: "labels", embeddings },
    );
    await expect(learning.train({ examples }, options)).rejects.toThrow(LabelRangeError);
    await learning.release();
  });
});
