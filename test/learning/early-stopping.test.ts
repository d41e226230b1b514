import { describe, expect, it } from "vitest";
import { EarlyStopping } from "../../src/learning/early-stopping.ts";

describe("EarlyStopping", () => {
  it("stops after as many measurements without gain as its patience", () => {
    const stopping = new EarlyStopping({ patience: 2 });
    const verdicts = [3, 2, 2.5, 1.9, 2, 1.9].map((loss, step) => stopping.observe(loss, step));
    expect(verdicts).toEqual(["better", "better", "no-better", "better", "no-better", "stop"]);
    expect(stopping.state.best).toEqual({ loss: 1.9, step: 3 });
  });

  it("counts a gain within the minimum, or a loss that is not finite, as none", () => {
    const stopping = new EarlyStopping({ patience: 5, minimumGain: 0.1 });
    expect(stopping.observe(Number.NaN, 0)).toBe("no-better");
    expect(stopping.observe(2, 1)).toBe("better");
    expect(stopping.observe(1.95, 2)).toBe("no-better");
    expect(stopping.observe(1.85, 3)).toBe("better");
  });

  it("goes on from a stored state", () => {
    const first = new EarlyStopping({ patience: 2 });
    first.observe(1, 1);
    first.observe(2, 2);
    const second = new EarlyStopping({ patience: 2 }, structuredClone(first.state));
    expect(second.observe(2, 3)).toBe("stop");
    expect(second.state.best).toEqual({ loss: 1, step: 1 });
  });
});
