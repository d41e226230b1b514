import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { constants, getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { idiolect, tinyModel, useOwnCache } from "../run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-learn-command-"));
const common = ["--store", join(folder, "store"), "--model", tinyModel(folder)];
/** Highest niceness that a child of this process had while it learned. */
let nicest = 0;

useOwnCache(folder);
beforeAll(async () => {
  let isLearning = true;
  const blog = writeSmallBlog(join(folder, "blog"), 6);
  const learned = idiolect(["learn", blog, "--quiet", ...common]).finally(() => {
    isLearning = false;
  });
  while (isLearning && process.platform === "linux") {
    nicest = Math.max(nicest, ...childrenOf(process.pid).map(nicenessOf));
    await setTimeout(20);
  }
  expect(await learned).toMatchObject({ code: 0 });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As Linux tells of each process whose child it is. */
function childrenOf(parent: number): readonly number[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map(Number).filter((id) => parentOf(id) === parent);
}

function parentOf(id: number): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}

/** 0 for one that has ended meanwhile. */
function nicenessOf(id: number): number {
  try {
    return getPriority(id);
  } catch {
    return 0;
  }
}

test.runIf(process.platform === "linux")("The process that learns has the lowest priority.", () => {
  expect(nicest).toBe(constants.priority.PRIORITY_LOW);
});

test("A writer to compare with whom the store does not know is told, also behind a closed gate.", async () => {
  const closed = await idiolect(["own-words", "--json", ...common]);
  expect(closed.json()).toMatchObject({ gate: { open: false }, words: [] });
  const unknown = await idiolect(["own-words", "--other", "Nobody", ...common]);
  expect(unknown).toMatchObject({ code: 3, errors: expect.stringContaining("no writer named Nobody") });
});
