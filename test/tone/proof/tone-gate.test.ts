import { describe, expect, it } from "vitest";
import { prequentialParts } from "../../../src/numbers/prequential.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { LabelledTone } from "../../../src/tone/labels/labelled-tone.ts";
import { evaluateTone } from "../../../src/tone/proof/evaluate-tone.ts";
import { readHeldOut } from "../../../src/tone/proof/held-out-tone.ts";
import { toneGate } from "../../../src/tone/proof/tone-gate.ts";
import { labelled, scale, text, valence } from "../tone-texts.ts";

/** Labels of a writer who means everything `bias` kinder than it is read, give or take. */
function writer(count: number, bias: number, seed = 1): readonly LabelledTone[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const latent = 2.5 * random.normal();
    const meant = latent + bias + 0.5 * random.normal();
    const label = Math.max(-1, Math.min(1, Math.round(meant / 2) / 2));
    return labelled(text(`t${at}`, latent, (360 * at) / count), valence(label), {
      timeMs: at,
      kind: "rating",
    });
  });
}

describe("the gate of tone", () => {
  it("is shut before anything was said, and says how to say it", () => {
    expect(toneGate([], scale)).toMatchObject({ open: false, reason: expect.stringContaining("round") });
    const smiles = writer(40, 3).map((label) => ({ ...label, kind: "emoticon" as const }));
    expect(toneGate(smiles, scale)).toEqual(toneGate([], scale));
  });

  it("opens after a round for a writer whose own scale is far from everybody's, and says how sure it is", () => {
    const gate = toneGate(writer(12, 4), scale);
    expect(gate).toMatchObject({
      open: true,
      reason: expect.stringMatching(/12 answers.* 9\d % sure.*shown/),
    });
  });

  it("stays shut for a writer who means what is read, however much is said", () => {
    for (const seed of [1, 2, 3]) {
      for (const count of [6, 12, 60]) expect(toneGate(writer(count, 0, seed), scale).open).toBe(false);
    }
    expect(toneGate(writer(60, 0), scale).reason).toContain("what everybody reads");
  });

  it("stays shut for answers by dice, and says that they do not go with what is read", () => {
    const random = createRandom(5);
    const dice = writer(48, 0).map((label) => ({ ...label, target: valence((random.integer(5) - 2) / 2) }));
    expect(toneGate(dice, scale)).toMatchObject({
      open: false,
      reason: expect.stringContaining("do not go"),
    });
  });

  it("gives no share of certainty for what is less likely than not: nobody is told of 0 %", () => {
    const few = writer(8, 0);
    const gate = toneGate(few, scale);
    expect(gate.probability).toBeLessThan(0.5);
    expect(gate.reason).toMatch(/^By 8 answers in 8 documents it cannot be told yet/);
    expect(gate.reason).toMatch(/; it is shown from 95 % on\. A round of questions tells more\.$/);
    expect(toneGate(writer(2, 0), scale).reason).toMatch(/cannot be told yet .*of 6 documents/);
  });

  it("closes again where later answers speak against it", () => {
    const [early, late] = [writer(12, 4), writer(60, 0, 2).slice(12)];
    expect(toneGate(early, scale).open).toBe(true);
    expect(toneGate([...early, ...late], scale).open).toBe(false);
  });

  it("stays shut where all was said of a few documents", () => {
    const together = writer(90, 4).map((label, at) => ({ ...label, document: `d${Math.floor(at / 20)}` }));
    expect(toneGate(together, scale)).toMatchObject({
      open: false,
      reason: expect.stringContaining("of 6 documents"),
    });
  });

  it("judges sentences and documents apart: moods that say nothing do not outweigh a round", () => {
    const random = createRandom(5);
    const moods = writer(30, 0, 4).map((label) => ({
      ...label,
      key: `m${label.key}`,
      document: `m${label.document}`,
      scope: "document" as const,
      target: valence((random.integer(5) - 2) / 2),
    }));
    const gate = toneGate([...moods, ...writer(12, 4)], scale);
    expect(gate).toMatchObject({ open: true, scopes: ["sentence"] });
    expect(gate.reason).toContain("12 answers");
  });

  it("is opened by prompts that proved themselves on later labels, whatever the shift does", () => {
    expect(toneGate(writer(60, 0), scale, true)).toMatchObject({
      open: true,
      scopes: ["sentence", "document"],
      reason: expect.stringContaining("later ones closer"),
    });
    expect(toneGate([], scale, true).open).toBe(false);
  });

  it("lets many labels of one document weigh no more than two", () => {
    const one = (count: number) =>
      writer(count, 4).map((label, at) => ({ ...label, document: at < 6 ? `d${at}` : "d6" }));
    expect(toneGate(one(60), scale).probability).toBeLessThan(toneGate(writer(60, 4), scale).probability);
  });
});

describe("held-out readings of tone", () => {
  it("are of all labels but the oldest fifth, whole documents, each learned from afterwards alone", () => {
    const labels = writer(40, 2).map((label, at) => ({ ...label, document: `d${Math.floor(at / 4)}` }));
    const heldOut = readHeldOut(labels.toReversed(), scale);
    expect(heldOut.map(({ label }) => label.timeMs).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 32 }, (_, at) => 8 + at),
    );
    expect(evaluateTone(heldOut, createRandom(1))).toMatchObject({ documents: 8, labels: 32 });
    const changed = labels.map((label) => (label.timeMs < 20 ? label : { ...label, target: valence(-1) }));
    const earlier = (given: readonly LabelledTone[]) =>
      readHeldOut(given, scale).flatMap(({ label, personal }) => (label.timeMs < 24 ? [personal] : []));
    expect(earlier(changed)).toEqual(earlier(labels));
    expect(readHeldOut(changed, scale).at(-1)!.personal).not.toEqual(
      readHeldOut(labels, scale).at(-1)!.personal,
    );
  });

  it.each([0, 1, 4, 5, 9, 10, 13, 100])("come in parts that hold each of %i once, known before", (count) => {
    const items = Array.from({ length: count }, (_, at) => at);
    const parts = prequentialParts(items);
    expect(parts.flatMap(({ next }) => next)).toEqual(items.slice(Math.floor(count / 5)));
    for (const { known, next } of parts) expect(known).toEqual(items.slice(0, next[0]));
  });
});
