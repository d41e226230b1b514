import { describe, expect, it } from "vitest";
import { documentLatent, documentText } from "../../../src/tone/reading/document-latent.ts";
import { scale, text } from "../tone-texts.ts";

const sentence = (latent: number, words = 10) => ({ latent, words });

describe("the tone of a document", () => {
  it("is that of its sentences where they agree", () => {
    expect(documentLatent([sentence(2.5), sentence(2.5, 3)], scale)).toBeCloseTo(2.5, 6);
  });

  it("lies in the middle where they contradict each other", () => {
    expect(documentLatent([sentence(3), sentence(-3)], scale)).toBeCloseTo(0, 6);
  });

  it("leans to the longer sentence", () => {
    expect(documentLatent([sentence(3, 20), sentence(-3, 5)], scale)).toBeGreaterThan(0.5);
  });

  it("is thinned out less by neutral sentences than by a plain mean", () => {
    const mixed = documentLatent([sentence(4), ...Array.from({ length: 4 }, () => sentence(0))], scale);
    expect(mixed).toBeGreaterThan(4 / 5);
  });

  it("is neutral without sentences", () => {
    expect(documentLatent([], scale)).toBeCloseTo(0, 6);
  });

  it("has the mean direction of its sentences and their reading under prompts only if all have one", () => {
    const plain = { ...text("a", 2, 0), words: 5 };
    const prompted = { ...text("b", 2, 90), words: 5, latentPersonal: 3 };
    const document = documentText("d", [plain, prompted], scale);
    expect(Array.from(document.vector)).toEqual([
      expect.closeTo(Math.SQRT1_2, 6),
      expect.closeTo(Math.SQRT1_2, 6),
    ]);
    expect(document).not.toHaveProperty("latentPersonal");
    expect(documentText("d", [prompted, prompted], scale).latentPersonal).toBeCloseTo(3, 6);
  });
});
