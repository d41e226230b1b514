import { describe, expect, it } from "vitest";
import { SliceLength, StallWatch } from "../../../src/server/turns/slices.ts";

/** Holds the process, as a run of the model does. */
function hold(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe("The longest stall", () => {
  it("is measured while the watch goes on, and only then", () => {
    const watch = new StallWatch();
    watch.start();
    hold(60);
    watch.stop();
    const measured = watch.longestMs;
    hold(200);
    watch.start();
    watch.stop();

    expect(measured).toBeGreaterThanOrEqual(50);
    expect(watch.longestMs).toBe(measured);
  });
});

describe("The length of a slice", () => {
  it("begins careful and grows on a fast machine, up to a limit", () => {
    const length = new SliceLength();
    const atFirst = length.tokensPerRun;
    for (let run = 0; run < 50; run++) length.ran(200, 1);

    expect(atFirst).toBeLessThanOrEqual(256);
    expect(length.tokensPerRun).toBe(1_024);
  });

  it("falls at once after a slow run, so that the next one keeps its time", () => {
    const length = new SliceLength();
    length.ran(100, 50);

    expect(length.tokensPerRun * 0.5).toBeLessThanOrEqual(50);
    expect(length.tokensPerRun).toBeGreaterThanOrEqual(32);
  });

  it("never falls so low that nothing gets done", () => {
    const length = new SliceLength();
    length.ran(100, 60_000);

    expect(length.tokensPerRun).toBe(32);
  });
});
