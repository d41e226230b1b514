import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { getPriority } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { forkLearner, proposeInProcess, tellLearner } from "../../src/learner/learner-process.ts";
import { isAlive } from "../../src/store/process-mark.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Looking at its posts so many times takes minutes, far longer than this test may. */
const minutesOfWork = Array.from({ length: 10_000 }, () => join(import.meta.dirname, "../../media"));

/** A parent that has folders looked for, as server and terminal have, and tells the process that looks. */
const parent = `
  import { once } from "node:events";
  import { forkLearner, tellLearner } from ${JSON.stringify(pathToFileURL(resolve("src/learner/learner-process.ts")))};
  const child = forkLearner();
  await once(child, "message");
  tellLearner(child, { kind: "propose", roots: ${JSON.stringify(minutesOfWork)}, isWhole: true });
  process.send(child.pid);
`;

test("Whoever looks for folders ends when the process that asked is killed.", async () => {
  const file = join(temporaryFolder(), "parent.mjs");
  writeFileSync(file, parent);
  const asking = fork(file, { stdio: "ignore" });
  const [looking] = await once(asking, "message");
  expect(isAlive(looking)).toBe(true);
  asking.kill("SIGKILL");
  await expect.poll(() => isAlive(looking), { timeout: 30_000 }).toBe(false);
});

test("Looking that is no longer wanted is over when its process is gone.", async () => {
  const stopping = new AbortController();
  const looking = proposeInProcess(minutesOfWork, true, undefined, stopping.signal);
  stopping.abort();
  await expect(looking).rejects.toThrow("SIGKILL");
});

test("Whoever looks for folders is as quick as the program that asked, and ends when that one goes.", async () => {
  const child = forkLearner();
  await once(child, "message");
  tellLearner(child, { kind: "propose", roots: minutesOfWork, isWhole: true });
  expect(getPriority(child.pid)).toBe(getPriority());
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});
