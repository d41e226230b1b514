import { describe, expect, it } from "vitest";
import {
  type FieldLabel,
  type FieldPrior,
  noField,
  WriterField,
} from "../../../src/lab/sentiment/writer-field.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { logLikelihood } from "../../../src/tone/labels/labelled-tone.ts";
import { scale, text, valence } from "../../tone/tone-texts.ts";

/** Labels of a writer who means everything kinder by `bias`. */
function labelsOf(count: number, bias: number, seed: number): readonly FieldLabel[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const { latent, vector } = text(`t${at}`, 2 * random.normal(), 360 * random());
    const meant = latent + bias + 0.4 * random.normal();
    return {
      latent,
      vector,
      target: valence(Math.max(-1, Math.min(1, Math.round(meant / 2) / 2))),
      weight: 1,
    };
  });
}

const biasAlone: FieldPrior = { ...noField, bias: 0.25 };

describe("a writer's field", () => {
  it("moves nothing without labels, and nothing where writers do not differ", () => {
    const place = text("any", 0.3, 10);
    expect(WriterField.fit([], scale, biasAlone).shiftAt(place)).toBe(0);
    expect(WriterField.fit(labelsOf(20, 1.5, 1), scale, noField).shiftAt(place)).toBe(0);
  });

  it("finds the likeliest bias, drawn to none by its variance, where nothing but the bias may vary", () => {
    for (const [count, bias] of [
      [3, 1.5],
      [30, -1],
    ] as const) {
      const labels = labelsOf(count, bias, count);
      const density = (b: number): number =>
        labels.reduce((sum, { latent, target }) => sum + logLikelihood(target, latent + b, scale).value, 0) -
        b ** 2 / (2 * biasAlone.bias);
      const tried = Array.from({ length: 4001 }, (_, at) => (at - 2000) / 1000);
      const likeliest = tried.reduce((best, b) => (density(b) > density(best) ? b : best));
      const field = WriterField.fit(labels, scale, biasAlone);
      expect(field.shiftAt(text("here", -1, 0))).toBeCloseTo(likeliest, 2);
      expect(field.shiftAt(text("there", 2, 180))).toBeCloseTo(likeliest, 2);
    }
  });

  it("comes close to the true evidence of one label", () => {
    const [label] = labelsOf(1, 1, 4);
    const prior = { ...noField, bias: 0.5 };
    // ∫ p(label | latent + b)·N(b; 0, 0.5) db, by the midpoint rule.
    let evidence = 0;
    const step = 0.01;
    for (let b = -6; b < 6; b += step) {
      const density = Math.exp((-b * b) / (2 * prior.bias)) / Math.sqrt(2 * Math.PI * prior.bias);
      evidence += Math.exp(logLikelihood(label!.target, label!.latent + b, scale).value) * density * step;
    }
    expect(WriterField.fit([label!], scale, prior).logEvidence).toBeCloseTo(Math.log(evidence), 1);
  });

  it("moves texts that are close to labelled ones more than far ones", () => {
    const kind = { ...text("label", -2, 0), target: valence(0.5), weight: 1 };
    for (const prior of [
      { ...noField, taste: 0.5 },
      { ...noField, near: 0.5 },
    ]) {
      const field = WriterField.fit([kind], scale, prior);
      const [close, far] = [field.shiftAt(text("close", -2, 5)), field.shiftAt(text("far", -2, 80))];
      expect(close).toBeGreaterThan(0.1);
      expect(far).toBeLessThan(close / 2);
    }
  });

  it("lets a label count by its weight", () => {
    const labels = labelsOf(5, 1.5, 2);
    const half = labels.map((label) => ({ ...label, weight: 0.5 }));
    const at = (given: readonly FieldLabel[]) =>
      WriterField.fit(given, scale, biasAlone).shiftAt(text("any", 0, 0));
    expect(at(half)).toBeGreaterThan(0);
    expect(at(half)).toBeLessThan(at(labels));
    expect(at([...half, ...half])).toBeCloseTo(at(labels), 3);
  });
});
