import { expect, test } from "vitest";
import { fitFieldPrior } from "../../../src/lab/sentiment/fit-field-prior.ts";
import { type FieldLabel, noField } from "../../../src/lab/sentiment/writer-field.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { classShares } from "../../../src/tone/head/ordinal-scale.ts";
import { toneClasses } from "../../../src/tone/head/tone-classes.ts";
import { scale, text } from "../../tone/tone-texts.ts";

/** Forty writers with thirty labels each, drawn as the model supposes: biases of the given deviation. */
function drawWriters(deviation: number): readonly (readonly FieldLabel[])[] {
  const random = createRandom("writers");
  return Array.from({ length: 40 }, () => {
    const bias = deviation * random.normal();
    return Array.from({ length: 30 }, () => {
      const { latent, vector } = text("t", 1.5 * random.normal(), 360 * random());
      const above = random();
      const shares = classShares(latent + bias, scale);
      let [label, sum] = [0, shares[0]];
      while (sum < above && label < 4) sum += shares[++label]!;
      return { latent, vector, target: { kind: "classes", ...toneClasses(label, 5) }, weight: 1 } as const;
    });
  });
}

test("The variance that writers were drawn with is found again.", async () => {
  const prior = await fitFieldPrior(drawWriters(0.8), scale, ["bias"]);
  expect(prior.bias).toBeGreaterThanOrEqual(0.32);
  expect(prior.bias).toBeLessThanOrEqual(1.28);
  expect({ ...prior, bias: 0 }).toEqual({ ...noField, reach: prior.reach });
});

test("Writers who do not differ get a prior that moves next to nothing.", async () => {
  const prior = await fitFieldPrior(drawWriters(0), scale, ["bias", "taste"]);
  expect(prior.bias + prior.taste).toBeLessThanOrEqual(0.04);
});
