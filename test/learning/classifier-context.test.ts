import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Classifier } from "../../src/learning/classifier.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { headOnly } from "../../src/prompts/tuning.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-classifier-context-"));
const classifiers: Record<string, Classifier> = {};
beforeAll(async () => {
  const model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
  const head = { kind: "ordinal", classes: 2, start: "model", random: createRandom(1) } as const;
  for (const pools of ["all", "text"] as const) {
    classifiers[pools] = new Classifier({ model, tuning: headOnly, head, threads: 1, pools });
  }
});
afterAll(async () => {
  for (const classifier of Object.values(classifiers)) await classifier.release();
  rmSync(folder, { recursive: true, force: true });
});

const text = [2, 60, 61, 62, 3];
const context = [70, 71, 3];
const scoreOf = async (pools: string, ids: readonly number[], ownTokens?: number): Promise<number> => {
  const one = { ids, ...(ownTokens === undefined ? {} : { ownTokens }) };
  // The longer text beside it makes padding, which must not count.
  const [reading] = await classifiers[pools]!.read([one, { ids: [...text, ...context, ...context] }], {});
  return reading!.scores[0]!;
};

test("A text without context reads the same whichever tokens are pooled.", async () => {
  expect(await scoreOf("text", text)).toBeCloseTo(await scoreOf("all", text), 5);
  expect(await scoreOf("text", text, text.length)).toBeCloseTo(await scoreOf("all", text), 5);
});

test("Context acts on a text through attention, and is not pooled itself where own tokens alone are.", async () => {
  const beside = [...text, ...context];
  const pooled = await scoreOf("text", beside, text.length);
  expect(Math.abs(pooled - (await scoreOf("text", text, text.length)))).toBeGreaterThan(1e-4);
  expect(Math.abs(pooled - (await scoreOf("all", beside)))).toBeGreaterThan(1e-4);
});

test("Texts with context are learned from.", async () => {
  const examples = [0, 1].flatMap((label) =>
    Array.from({ length: 4 }, (_, at) => ({
      ids: [...text, 60 + at, 70 + 5 * label, 3],
      ownTokens: 4,
      label,
    })),
  );
  const options = { seed: 1, epochs: 1, minimumSteps: 40, textsPerStep: 8 };
  const { values, curve } = await classifiers["text"]!.train({ examples }, options);
  expect(curve.at(-1)!.trainLoss!).toBeLessThan(curve[1]!.trainLoss!);
  expect(Object.keys(values.everyone)).toContain("head.dense.weight");
});
