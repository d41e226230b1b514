import { describe, expect, it } from "vitest";
import { StallWatch } from "../../../src/server/turns/stall-watch.ts";

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
