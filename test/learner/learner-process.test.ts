import { once } from "node:events";
import { getPriority } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forkLearner, tellLearner } from "../../src/learner/learner-process.ts";

/** Looking at its posts so many times takes minutes, far longer than this test may. */
const minutesOfWork = Array.from({ length: 10_000 }, () => join(import.meta.dirname, "../../media"));

test("Whoever looks for folders is as quick as the program that asked, and ends when that one goes.", async () => {
  const child = forkLearner();
  await once(child, "message");
  tellLearner(child, { kind: "propose", roots: minutesOfWork, isWhole: true });
  expect(getPriority(child.pid)).toBe(getPriority());
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});
