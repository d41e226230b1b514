import { describe, expect, it } from "vitest";
import { CancellationToken, CancellationTokenSource } from "vscode-languageserver/node";
import { SharedTask } from "../../../src/server/turns/shared-task.ts";
import { Turns } from "../../../src/server/turns/turns.ts";

/** A shared task that ends when it is told to, or when it is cancelled. */
function openTask() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let starts = 0;
  const task = new SharedTask((_, token) => {
    starts += 1;
    token.onCancellationRequested(() => reject(new Error("given up")));
    return promise;
  });
  return { task, resolve, reject, starts: () => starts };
}

const never = CancellationToken.None;

describe("A task that several wait for", () => {
  it("is done once, and all get its result", async () => {
    const { task, resolve, starts } = openTask();
    const both = Promise.all([task.join("command", never), task.join("completion", never)]);
    resolve("done");

    expect(await both).toEqual(["done", "done"]);
    expect(starts()).toBe(1);
  });

  it("is as urgent as the most urgent who waits", async () => {
    const { task, resolve } = openTask();
    const impatient = new CancellationTokenSource();
    const patient = task.join("background", never);
    expect(task.priority).toBe("background");
    const cancelled = expect(task.join("hover", impatient.token)).rejects.toMatchObject({
      message: "cancelled",
    });
    expect(task.priority).toBe("hover");
    impatient.cancel();
    await cancelled;
    expect(task.priority).toBe("background");
    resolve("done");
    await patient;
  });

  it("goes on for the others when one is cancelled, and ends with the last", async () => {
    const { task } = openTask();
    const [one, other] = [new CancellationTokenSource(), new CancellationTokenSource()];
    const first = expect(task.join("command", one.token)).rejects.toMatchObject({ message: "cancelled" });
    const second = expect(task.join("command", other.token)).rejects.toMatchObject({ message: "cancelled" });
    one.cancel();
    await first;
    expect(task.isOver).toBe(false);
    other.cancel();
    await second;
    expect(task.isOver).toBe(true);
  });

  it("tells all who wait of a failure", async () => {
    const { task, reject } = openTask();
    const both = [task.join("command", never), task.join("hover", never)];
    reject(new Error("broken"));

    for (const one of both) await expect(one).rejects.toThrow("broken");
  });

  it("goes before others as soon as somebody waits for it who is more urgent", async () => {
    const turns = new Turns();
    const heard: string[] = [];
    const work = (name: string) => async (breathe: () => Promise<void>) => {
      for (let slice = 0; slice < 3; slice++) {
        if (slice > 0) await breathe();
        heard.push(name);
      }
    };
    const shared = new SharedTask((urgency, token) => turns.run(urgency, token, work("s")));
    const waiting = [shared.join("background", never)];
    const command = turns.run("command", never, async (breathe) => {
      heard.push("c");
      waiting.push(shared.join("hover", never));
      await breathe();
      heard.push("c");
    });
    await Promise.all([command, ...waiting]);

    expect(heard.join("")).toBe("csssc");
  });
});
