import { describe, expect, it } from "vitest";
import { isSure } from "../../../src/numbers/gate.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { LabelledTone } from "../../../src/tone/labels/labelled-tone.ts";
import { promptGain } from "../../../src/tone/proof/prompt-gain.ts";
import { toneGate } from "../../../src/tone/proof/tone-gate.ts";
import { labelled, scale, text, valence } from "../tone-texts.ts";

/** Sixty labels, each of what `meant` makes of the latent valence that is read. */
function writer(meant: (latent: number) => number): readonly LabelledTone[] {
  const random = createRandom(1);
  return Array.from({ length: 60 }, (_, at) => {
    const latent = 2.5 * random.normal();
    const said = Math.max(-1, Math.min(1, Math.round(meant(latent + 0.5 * random.normal()) / 2) / 2));
    return labelled(text(`t${at}`, latent, 6 * at), valence(said), { timeMs: at, kind: "rating" });
  });
}

/** The same labels read under prompts that came so near to what is meant: 0 not at all, 1 fully, give or take. */
function under(labels: readonly LabelledTone[], nearness: number, noise = 0): readonly LabelledTone[] {
  const random = createRandom(7);
  return labels.map((label) => {
    const { valence: said } = label.target as { readonly valence: number };
    const latentPersonal = (1 - nearness) * label.latent + nearness * 4 * said + noise * random.normal();
    return { ...label, latentPersonal };
  });
}

const asRead = writer((latent) => latent);
const kinder = writer((latent) => latent + 2);
const reversed = writer((latent) => -4 * latent);

describe("the gain of prompts on later labels", () => {
  it("is what they take away of the error by document, with its standard error", () => {
    const gain = promptGain(under(asRead, 1), scale, 0.75)!;
    expect(gain.mean).toBeGreaterThan(3 * gain.error);
    expect(promptGain(under(asRead, 1), scale, 0)!.mean).toBeLessThanOrEqual(0);
    expect(promptGain(under(asRead, 1, 6), scale, 0.75)!.mean).toBeLessThan(0);
  });

  it("is measured against what is shown without them: no shift where the gate is shut", () => {
    expect(toneGate(reversed, scale).open).toBe(false);
    expect(isSure(promptGain(under(reversed, 0.6), scale, 0.75)!)).toBe(true);
  });

  it("is none where they change nothing, whatever the shift beside them takes away", () => {
    for (const labels of [asRead, kinder, reversed]) {
      expect(promptGain(under(labels, 0), scale, 0.75)!.mean).toBeLessThanOrEqual(1e-9);
    }
  });

  it("is measured against the broad shift where the gate is open", () => {
    expect(toneGate(kinder, scale).open).toBe(true);
    // Better for sure than the shift that is held tightly, but not than the broad one.
    const beyondShift = under(kinder, 0.6).map((label) => ({
      ...label,
      latentPersonal: label.latentPersonal! - 0.6 * 2.4,
    }));
    expect(isSure(promptGain(beyondShift, scale, 0.75)!)).toBe(false);
  });

  it("is not told from labels of a few documents", () => {
    const together = under(asRead, 1).map((label, at) => ({ ...label, document: `d${Math.floor(at / 6)}` }));
    expect(promptGain(together, scale, 0.75)).toBeUndefined();
  });
});
