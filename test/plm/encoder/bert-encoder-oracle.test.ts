import { beforeAll, describe, expect, it } from "vitest";
import { type ModelDirectory, readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { encoderTensors, mlmHeadTensors } from "../../../src/plm/files/tensor-shapes.ts";
import { tinyBertPath } from "../tiny-model.ts";
import { TensorFlowBert } from "./bert-encoder-tfjs.ts";
import { type Numbers, readGoldenFamilies, runFamily } from "./family-golden.ts";

const golden = readGoldenFamilies().bert;
let model: ModelDirectory;
let oracle: TensorFlowBert;
beforeAll(async () => {
  model = await readModelDirectory(tinyBertPath);
  oracle = await TensorFlowBert.create(model.config);
});

describe.each([
  { note: "plain", prompts: [] },
  { note: "prompted", prompts: golden.prompted.prompts },
])("a BERT of two layers with masked-LM loss, $note", ({ prompts }) => {
  it("has the loss and the gradients of TensorFlow.js", async () => {
    const names = [...encoderTensors(model.config).keys(), ...mlmHeadTensors(model.config).keys()];
    const weights: Record<string, Numbers> = {
      ...Object.fromEntries(names.map((name) => [name, numbersOf(model, name)])),
      ...Object.fromEntries(prompts.map((prompt, layer) => [`prompts.${layer}`, prompt])),
    };
    const { loss, ...ours } = await runFamily(model, golden, prompts);
    const theirs = oracle.lossAndGradients(weights, golden);
    expect(Math.abs(theirs.loss - Number(loss!.data[0]))).toBeLessThan(1e-4);
    for (const [name, gradient] of Object.entries(theirs.gradients)) {
      const worst = gradient.reduce(
        (most, number, i) => Math.max(most, Math.abs(number - Number(ours[name]!.data[i]))),
        0,
      );
      expect(worst, name).toBeLessThan(5e-5);
    }
  });
});

function numbersOf(directory: ModelDirectory, name: string): Numbers {
  const { shape, data } = directory.tensor(name);
  return { shape, data: [...data] };
}
