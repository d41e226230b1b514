import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Adaptation } from "../../../src/lab/studies/adaptation.ts";
import { runStudy } from "../../../src/lab/studies/run-study.ts";
import type { Study, StudyTask } from "../../../src/lab/studies/study.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-run-study-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const study: Study = {
  name: "two",
  title: "Two ways",
  question: "Which?",
  parts: [
    {
      task: "words",
      conditions: { general: { kind: "general" }, agnostic: { kind: "agnostic" } },
      reference: "general",
      contrasts: [],
      plot: { kind: "dots" },
    },
  ],
};

/** A task that counts what it is asked; its figures follow from condition and seed. */
function countingTask(asked: string[], key = "texts of June"): StudyTask {
  return {
    name: "words",
    title: "Counting",
    measures: [{ name: "loss", better: "lower", unit: "nats" }],
    writers: ["Ann", "Ben"],
    key,
    facts: {},
    measure: async ({ kind }: Adaptation, seed, listen) => {
      await listen(0.5);
      asked.push(`${kind} ${seed}`);
      return { Ann: { own: { loss: seed } }, Ben: { own: { loss: kind.length } } };
    },
  };
}

const run = (name: string, task: StudyTask, seeds: readonly number[]) =>
  runStudy({ study, seeds, cachePath: join(folder, name), openTask: async () => task });

test("Every condition is measured with every seed.", async () => {
  const asked: string[] = [];
  const [part] = await run("grid", countingTask(asked), [1, 2]);
  expect(asked).toEqual(["general 1", "agnostic 1", "general 2", "agnostic 2"]);
  expect(part!.cells.map(({ condition, seed, cell }) => [condition, seed, cell.figures["Ann"]])).toEqual([
    ["general", 1, { own: { loss: 1 } }],
    ["agnostic", 1, { own: { loss: 1 } }],
    ["general", 2, { own: { loss: 2 } }],
    ["agnostic", 2, { own: { loss: 2 } }],
  ]);
});

test("What was measured before is not measured again, and what depends on other texts is.", async () => {
  const asked: string[] = [];
  const before = await run("resumed", countingTask(asked), [1]);
  const after = await run("resumed", countingTask(asked), [1, 2]);
  expect(asked).toEqual(["general 1", "agnostic 1", "general 2", "agnostic 2"]);
  expect(after[0]!.cells.slice(0, 2)).toEqual(before[0]!.cells);
  await run("resumed", countingTask(asked, "texts of July"), [1]);
  expect(asked.slice(4)).toEqual(["general 1", "agnostic 1"]);
});

test("A line that was cut off costs its cell and no other.", async () => {
  const asked: string[] = [];
  await run("broken", countingTask(asked), [1]);
  const lines = readFileSync(join(folder, "broken"), "utf8").split("\n");
  rmSync(join(folder, "broken"));
  appendFileSync(join(folder, "broken"), [...lines.slice(0, -1), lines.at(-1)!.slice(0, -20)].join("\n"));
  asked.length = 0;
  await run("broken", countingTask(asked), [1]);
  await run("broken", countingTask(asked), [1]);
  expect(asked).toEqual(["agnostic 1"]);
});

test("A failing cell keeps those before it.", async () => {
  const asked: string[] = [];
  const failing: StudyTask = {
    ...countingTask(asked),
    measure: async (adaptation, seed, listen) => {
      if (adaptation.kind === "agnostic") throw new Error("no memory");
      return countingTask(asked).measure(adaptation, seed, listen);
    },
  };
  await expect(run("failing", failing, [1])).rejects.toThrow("no memory");
  await run("failing", countingTask(asked), [1]);
  expect(asked).toEqual(["general 1", "agnostic 1"]);
});
