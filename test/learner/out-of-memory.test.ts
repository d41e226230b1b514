import { expect, test } from "vitest";
import { OutOfMemoryError } from "../../src/learner/errors.ts";
import { withSparedMemory } from "../../src/learner/out-of-memory.ts";

const more = 1e12;

test("Where memory runs out, the work is done once more with less.", async () => {
  let wanted = more;
  const spare = () => {
    wanted = 8;
  };
  const work = async () => new Float32Array(new ArrayBuffer(wanted)).length;
  expect(await withSparedMemory(spare, work)).toBe(2);
});

test("Where that is not enough, the error says what to do.", async () => {
  const work = async () => new ArrayBuffer(more);
  await expect(withSparedMemory(() => undefined, work)).rejects.toThrow(OutOfMemoryError);
});

test("Another failure is not tried again.", async () => {
  let tries = 0;
  const work = async () => {
    tries++;
    throw new TypeError("no memory of this");
  };
  await expect(withSparedMemory(() => undefined, work)).rejects.toThrow(TypeError);
  expect(tries).toBe(1);
});
