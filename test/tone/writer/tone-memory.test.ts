import { describe, expect, it } from "vitest";
import type { LabelledTone } from "../../../src/tone/labels/labelled-tone.ts";
import { ToneMemory } from "../../../src/tone/writer/tone-memory.ts";
import { labelled, scale, text, valence } from "../tone-texts.ts";

const corrected = text("sentence", -4, 0);
const correction = labelled(corrected, valence(0.5), { kind: "correction" });
const heed = (...labels: readonly LabelledTone[]): number =>
  new ToneMemory(labels, scale).heed(corrected, corrected.latent);

describe("a memory of labelled texts", () => {
  it("changes nothing while it is empty", () => {
    expect(heed()).toBe(-4);
  });

  it("reads the very same text as it was labelled", () => {
    expect(heed(correction)).toBe(2);
  });

  it("leaves other texts as they are, however near, and documents of the same name", () => {
    const memory = new ToneMemory([correction], scale);
    expect(memory.heed(text("near", -4, 0), -4)).toBe(-4);
    expect(memory.heed(text("sentence", -4, 0, "document"), -4)).toBe(-4);
  });

  it("holds to the last of several labels of a text, in whatever order they come", () => {
    const later = labelled(corrected, valence(-0.5), { kind: "correction", timeMs: 1 });
    expect(heed(correction, later)).toBe(-2);
    expect(heed(later, correction)).toBe(-2);
  });

  it("leaves a text that is read as its label says where it is", () => {
    expect(heed(labelled(corrected, valence(-1)))).toBe(-4);
  });
});
