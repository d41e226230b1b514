import { describe, expect, it } from "vitest";
import { CancellationToken, CancellationTokenSource } from "vscode-languageserver/node";
import { type Slice, sliceChannel } from "../../../src/server/turns/slices.ts";
import { Turns } from "../../../src/server/turns/turns.ts";
import type { Priority } from "../../../src/server/turns/urgency.ts";

describe("Tasks that take turns", () => {
  it("let more urgent ones go first, and of equal ones the older", async () => {
    const { run, heard } = recorder();

    await Promise.all([
      run("background", "a"),
      run("command", "b"),
      run("hover", "c"),
      run("command", "d"),
      run("completion", "e"),
    ]);

    expect(heard.join("")).toBe("ccceeebbbdddaaa");
  });

  it("wait at their next breath for a more urgent one that came later", async () => {
    const { run, heard } = recorder();
    const slow = run("background", "a", async (slice) => {
      if (slice === 0) void run("hover", "b");
    });

    await slow;

    expect(heard.join("")).toBe("abbbaa");
  });

  it("let messages in between two slices", async () => {
    const turns = new Turns();
    let isHeard = false;
    setImmediate(() => {
      isHeard = true;
    });

    await turns.run("hover", CancellationToken.None, async (breathe) => {
      await breathe();
      expect(isHeard).toBe(true);
    });
  });

  it("end when they are cancelled, also while they wait", async () => {
    const { run, heard } = recorder();
    const source = new CancellationTokenSource();
    const waiting = run("background", "a", undefined, source.token);
    const refused = expect(waiting).rejects.toMatchObject({ message: "cancelled" });
    await run("hover", "b", async (slice) => {
      if (slice === 0) source.cancel();
    });
    await refused;

    expect(heard.join("")).toBe("bbb");
  });

  it("are measured slice by slice, not counting for how long they wait", async () => {
    const turns = new Turns();
    const slices: Slice[] = [];
    const listener = (slice: unknown) => slices.push(slice as Slice);
    sliceChannel.subscribe(listener);
    const never = CancellationToken.None;
    const slow = turns.run("background", never, async (breathe) => {
      await breathe();
      await turns.run("hover", never, async (breathe) => {
        await breathe();
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
      });
      await breathe();
    });
    await slow;
    sliceChannel.unsubscribe(listener);

    const long = slices.filter(({ ms, priority }) => ms >= 35 && priority === "hover");
    expect(long).toHaveLength(1);
    expect(long[0]!.stack).toContain("Turns");
    expect(turns.slices.count).toBe(slices.length);
    expect(turns.slices.p99Ms).toBeGreaterThanOrEqual(35);
  });

  it("make way when they fail", async () => {
    const { run, turns } = recorder();
    const failing = run("hover", "a", async () => {
      throw new Error("broken");
    });

    await expect(failing).rejects.toThrow("broken");
    await run("background", "b");

    expect(turns.isBusy).toBe(false);
  });
});

function recorder() {
  const turns = new Turns();
  const heard: string[] = [];
  const run = (
    priority: Priority,
    name: string,
    onSlice: (slice: number) => Promise<void> = async () => undefined,
    token: CancellationToken = CancellationToken.None,
  ) =>
    turns.run(priority, token, async (breathe) => {
      for (let slice = 0; slice < 3; slice++) {
        if (slice > 0) await breathe();
        heard.push(name);
        await onSlice(slice);
      }
    });
  return { turns, run, heard };
}
