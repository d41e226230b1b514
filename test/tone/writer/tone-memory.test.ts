import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelledTone } from "../../../src/tone/labels/labelled-tone.ts";
import { ToneMemory } from "../../../src/tone/writer/tone-memory.ts";
import { labelled, scale, text, valence } from "../tone-texts.ts";

const remember = (...labels: readonly LabelledTone[]): ToneMemory =>
  ToneMemory.of(labels, ({ latent }) => latent, scale);

const corrected = text("sentence", -4, 0);
const correction = labelled(corrected, valence(0.5), { kind: "correction" });

describe("a memory of labelled texts", () => {
  it("changes nothing while it is empty", () => {
    expect(remember().shiftAt(corrected)).toBe(0);
  });

  it("reads the very same text as it was labelled", () => {
    expect(corrected.latent + remember(correction).shiftAt(corrected)).toBeCloseTo(2, 0);
  });

  it("moves near texts a part of the way, and far ones not at all", () => {
    const memory = remember(correction);
    const near = memory.shiftAt(text("near", -4, 15));
    expect(near).toBeGreaterThan(1);
    expect(near).toBeLessThan(memory.shiftAt(corrected));
    expect(memory.shiftAt(text("far", -4, 70))).toBe(0);
  });

  it("moves a text the less the farther it is", () => {
    fc.assert(
      fc.property(fc.nat(85), fc.nat(85), (a, b) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)].map((degrees) =>
          remember(correction).shiftAt(text("other", -4, degrees)),
        );
        expect(near).toBeGreaterThanOrEqual(far!);
      }),
    );
  });

  it("holds to the last of several labels of a text, in whatever order they come", () => {
    const later = labelled(corrected, valence(-0.5), { kind: "correction", timeMs: 1 });
    for (const labels of [
      [correction, later],
      [later, correction],
    ]) {
      expect(corrected.latent + remember(...labels).shiftAt(corrected)).toBeCloseTo(-2, 0);
    }
  });

  it("outweighs many neighbours of another tone with the label of the text itself", () => {
    const neighbours = Array.from({ length: 8 }, (_, at) => labelled(text(`n${at}`, 0, 10), valence(-0.5)));
    expect(corrected.latent + remember(correction, ...neighbours).shiftAt(corrected)).toBeGreaterThan(1);
  });

  it("lets labels that agree with the reading hold their neighbours where they are", () => {
    const agreeing = labelled(text("agreeing", -2, 20), valence(-0.5));
    const between = text("between", -3, 10);
    expect(remember(correction, agreeing).shiftAt(between)).toBeLessThan(
      remember(correction).shiftAt(between),
    );
  });

  it("lets the mood of a document count little for sentences", () => {
    const mood = labelled(text("post", -2, 0, "document"), valence(0.5), { kind: "mood" });
    const memory = remember(mood);
    const sentence = memory.shiftAt(text("new", -2, 10));
    expect(sentence).toBeGreaterThan(0);
    expect(sentence).toBeLessThan(memory.shiftAt(text("new", -2, 10, "document")) / 2);
  });
});
