import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, processMark } from "../../src/store/process-mark.ts";

const isLinux = process.platform === "linux";

/** A process that starts another, says its number, and never notices that it has ended. */
async function startOfZombie(): Promise<{ readonly parent: ChildProcess; readonly processId: number }> {
  const script = "sleep 0 & echo $!; exec sleep 600";
  const parent = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [line] = await once(parent.stdout, "data");
  return { parent, processId: Number(String(line)) };
}

test("This process lives, and one that was never there does not.", () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(process.pid, processMark(process.pid))).toBe(true);
  expect(isAlive(2 ** 22 + 1)).toBe(false);
  expect(processMark(2 ** 22 + 1)).toBeUndefined();
});

test.skipIf(!isLinux)("A process that only waits to be buried is dead.", async () => {
  const { processId } = await startOfZombie();
  await expect.poll(() => isAlive(processId)).toBe(false);
  // The number is still taken: that alone is no life.
  expect(process.kill(processId, 0)).toBe(true);
  expect(processMark(processId)).toBeUndefined();
});

test.skipIf(!isLinux)("A process that took over the number of another is not taken for it.", () => {
  const mark = processMark(process.pid)!;
  expect(isAlive(process.pid, `${mark}0`)).toBe(false);
  expect(processMark(process.ppid)).not.toBe(mark);
});
