import { describe, expect, it } from "vitest";
import { prequentialParts } from "../../../src/numbers/prequential.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { LabelledTone } from "../../../src/tone/labels/labelled-tone.ts";
import { evaluateTone } from "../../../src/tone/proof/evaluate-tone.ts";
import { promptGain, readHeldOut } from "../../../src/tone/proof/held-out-tone.ts";
import { toneGate } from "../../../src/tone/proof/tone-gate.ts";
import { PersonalTone } from "../../../src/tone/writer/personal-tone.ts";
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
  it("stays shut below the least number of labels and says how many there are", () => {
    const gate = toneGate(writer(29, 3), scale, { random: createRandom(1) });
    expect(gate).toMatchObject({ open: false, reason: expect.stringContaining("29 texts") });
    expect(gate.report).toBeUndefined();
    expect(toneGate(writer(1, 3), scale, { random: createRandom(1) }).reason).toContain("1 text;");
  });

  it("opens for a writer whose own scale holds on later labels, with figures", () => {
    const gate = toneGate(writer(90, 3), scale, { random: createRandom(1) });
    expect(gate.open).toBe(true);
    expect(gate.report!.errorGain.low).toBeGreaterThan(0);
    expect(gate.reason).toMatch(/On 72 labels.* 0\.\d\d .*\[0\.\d\d, 0\.\d\d\]/);
  });

  it("stays shut for a writer who means what is read", () => {
    for (const seed of [1, 2, 3]) {
      expect(toneGate(writer(60, 0, seed), scale, { random: createRandom(1) }).open).toBe(false);
    }
  });

  it("stays shut where the writer's scale turned round later", () => {
    const [early, late] = [writer(90, 3), writer(90, -3)];
    const turned = late.map((label, at) => (at < 62 ? early[at]! : label));
    const gate = toneGate(turned, scale, { random: createRandom(1) });
    expect(gate).toMatchObject({ open: false, reason: expect.stringContaining("newest third") });
    expect(gate.report!.errorGain.low).toBeGreaterThan(0);
  });

  it("stays shut where the labels are of a few documents", () => {
    const together = writer(90, 3).map((label, at) => ({ ...label, document: `d${Math.floor(at / 20)}` }));
    const gate = toneGate(together, scale, { random: createRandom(1) });
    expect(gate).toMatchObject({ open: false, reason: expect.stringContaining("4 documents") });
    expect(gate.report!.errorGain.low).toBeGreaterThan(0);
  });

  it("says the same for the same seed", () => {
    const judge = () => toneGate(writer(60, 1), scale, { random: createRandom(4) });
    expect(judge()).toEqual(judge());
  });

  it("shows that another writer's tone does not do the same", () => {
    const otherWriter = PersonalTone.learn(writer(60, -3, 9), scale);
    const gate = toneGate(writer(90, 3), scale, { random: createRandom(1), otherWriter });
    expect(gate.otherWriterGain!.high).toBeLessThan(gate.report!.errorGain.low);
  });
});

describe("the gain of prompts on later labels", () => {
  const under = (noise: number): readonly LabelledTone[] => {
    const random = createRandom(7);
    // The target is what is meant; the shift cannot know the noise of a single text.
    return writer(60, 0).map((label) => {
      const { valence: meant } = label.target as { readonly valence: number };
      return { ...label, latentPersonal: 4 * meant + noise * random.normal() };
    });
  };

  it("is what they take away of the error by document, with its standard error", () => {
    const gain = promptGain(under(0), scale, 0.75)!;
    expect(gain.mean).toBeGreaterThan(3 * gain.error);
    expect(promptGain(under(0), scale, 0)).toMatchObject({ mean: 0, error: 0 });
    expect(promptGain(under(6), scale, 0.75)!.mean).toBeLessThan(0);
  });

  it("is not told from labels of a few documents", () => {
    const together = under(0).map((label, at) => ({ ...label, document: `d${Math.floor(at / 6)}` }));
    expect(promptGain(together, scale, 0.75)).toBeUndefined();
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
