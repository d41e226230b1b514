import { describe, expect, it } from "vitest";
import type { MeasuredGain } from "../../../src/lab/round/simulate-round.ts";
import { worseBehindGate } from "../../../src/lab/round/worse-behind-gate.ts";
import { createRandom } from "../../../src/numbers/random.ts";

/** Writers with true gains of .1 ± `apart`, each measured with a standard error. */
function measured(apart: number, error: number, count = 4_000) {
  const random = createRandom(3);
  const truths = Array.from({ length: count }, () => 0.1 + apart * random.normal());
  const gains: MeasuredGain[] = truths.map((truth) => ({ gain: truth + error * random.normal(), error }));
  return { gains, worse: truths.filter((truth) => truth < 0).length };
}

describe("writers who are worse behind an open gate", () => {
  it("are as many as there truly are, however few texts each is measured on", () => {
    const { gains, worse } = measured(0.06, 0.08);
    const counted = worseBehindGate(gains);
    expect(counted.measured).toBeGreaterThan(2 * worse);
    expect(counted.likely / worse).toBeCloseTo(1, 0);
    expect(Math.abs(counted.likely - worse)).toBeLessThan(0.15 * worse);
  });

  it("are none where chance of the texts is all that lets them seem worse", () => {
    const counted = worseBehindGate(measured(0, 0.08).gains);
    expect(counted.measured).toBeGreaterThan(300);
    expect(counted.likely).toBeLessThan(1);
  });

  it("are worse for sure where chance of the texts does not explain it", () => {
    const gains = [-0.1, -0.02, 0.05, 0.1].map((gain) => ({ gain, error: 0.03 }));
    expect(worseBehindGate(gains)).toMatchObject({ measured: 2, surely: 1 });
    expect(worseBehindGate([])).toEqual({ measured: 0, surely: 0, likely: 0 });
  });
});
