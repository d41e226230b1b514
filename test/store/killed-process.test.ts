import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { Child } from "./child-process.ts";
import { openForTest, sampleProgress, temporaryPath } from "./temporary-store.ts";

test("A learner killed at ten random moments loses no checkpoint that it had reported.", async () => {
  const folder = temporaryPath();
  const first = openForTest(folder);
  const run = first.learningRuns.start(first.writers.ensure("Anna").id, { seed: 1 }, sampleProgress);
  first.close();
  let reported = 0;
  for (let kill = 0; kill < 10; kill += 1) {
    const child = new Child("write-checkpoints.ts", folder, run.id);
    await child.nextLine();
    // Between 0 and 67 ms after a checkpoint: some of the moments lie in the middle of the next write.
    const moment = new Promise((resolve) => setTimeout(resolve, (kill * 37) % 68));
    const lines = [await child.nextLine()];
    await moment;
    lines.push(...(await child.kill()));
    const steps = lines.map(Number);
    expect(steps[0]).toBeGreaterThan(reported);
    reported = steps.at(-1)!;
    const store = openForTest(folder);
    expect(store.opening.origin).toEqual({ kind: "existing" });
    const checkpoint = store.learningRuns.newestCheckpoint(run.id)!;
    // The one after the last report may have been finished when the signal came.
    expect([reported, reported + 1]).toContain(checkpoint.step);
    reported = checkpoint.step;
    expect(checkpoint.resume).toEqual({ random: [reported, reported * 7] });
    expect(checkpoint.blobs["prompt"]?.every((byte) => byte === reported % 251)).toBe(true);
    expect(checkpoint.blobs["moments"]?.every((byte) => byte === reported % 241)).toBe(true);
    const unfinished = store.learningRuns.unfinished(store.writers.named("Anna")!.id);
    expect(unfinished?.state).toMatchObject({ kind: "running", progress: { step: reported } });
    store.close();
  }
});

const kills = process.env["LONG"] === "1" ? 60 : 6;

/** Numbers of the lessons that the store has, in their order; one that it has twice stands twice. */
function numbersIn(store: Store): readonly number[] {
  const { id } = store.writers.ensure("Anna");
  return store.corrections.list(id).map(({ lesson }) => Number(/\d+$/.exec(lesson.textHash)?.[0]));
}

test("Whoever teaches may be killed at any moment: each lesson that was acknowledged is there once, in both copies.", {
  timeout: 900_000,
}, async () => {
  const folder = temporaryPath();
  const acknowledged = new Set<number>();
  let next = 1;
  for (let kill = 0; kill < kills; kill += 1) {
    const child = new Child("teach-lessons.ts", folder, String(next));
    await child.nextLine();
    const lines = [await child.nextLine()];
    // Lessons take some milliseconds each: moments between 0 and 30 ms meet all that is done for one.
    await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 31));
    lines.push(...(await child.kill()));
    for (const line of lines) {
      const [what, number] = line!.split(" ");
      if (what === "taught") acknowledged.add(Number(number));
      else acknowledged.delete(Number(number));
    }
    const last = Number(lines.at(-1)!.split(" ")[1]);
    const store = openForTest(folder);
    const kept = numbersIn(store);
    // What was under way when the signal came may have been finished.
    const sure = (numbers: readonly number[]) => numbers.filter((number) => number < last);
    expect(sure(kept), `kill ${kill}`).toEqual(sure([...acknowledged]));
    expect(new Set(kept).size).toBe(kept.length);
    expect(kept.filter((number) => number > last + 1)).toEqual([]);
    store.close();
    rmSync(store.paths.database);
    const fromMirror = openForTest(folder);
    expect(numbersIn(fromMirror), `kill ${kill}, then the database was lost`).toEqual(kept);
    fromMirror.close();
    acknowledged.clear();
    for (const number of kept) acknowledged.add(number);
    next = last + 2;
  }
});

test("Processes that open a new store at the same moment all get it, and none loses what it wrote.", async () => {
  const folder = temporaryPath();
  const names = ["Anna", "Ben", "Clara", "Dora", "Emil", "Fritz"];
  const children = names.map((name) => new Child("open-and-write.ts", folder, name));
  await Promise.all(children.map((child) => child.succeed()));
  const store = openForTest(folder);
  expect(store.writers.list().map(({ name }) => name)).toEqual(names);
  expect(store.mirror.read()).toHaveLength(names.length);
  expect(store.opening).toMatchObject({ origin: { kind: "existing" }, restoredCorrections: 0 });
});
