import { expect, test } from "vitest";
import type { GridCell, MeasuredPart } from "../../../src/lab/studies/run-study.ts";
import type { Figures, StudyPart } from "../../../src/lab/studies/study.ts";
import { describeStudy, studyReport } from "../../../src/lab/studies/study-report.ts";
import { summarisePart } from "../../../src/lab/studies/summarise-study.ts";
import { createRandom } from "../../../src/numbers/random.ts";

const part: StudyPart = {
  task: "sentiment",
  conditions: { general: { kind: "general" }, "p < 8": { kind: "bias" } },
  reference: "general",
  contrasts: [["p < 8", "p < 8, another writer's prompt"]],
  plot: { kind: "dots" },
};

function cell(condition: string, seed: number, accuracies: readonly (readonly number[])[]): GridCell {
  const readings = ["own", "another writer's prompt"];
  const figures = accuracies.map((own) => {
    const entries = own.map((accuracy, at): [string, Figures] => [
      readings[at]!,
      { accuracy, loss: 1 - accuracy },
    ]);
    return Object.fromEntries(entries);
  });
  return { condition, seed, cell: { figures: { Ann: figures[0]!, Ben: figures[1]! }, seconds: 4 } };
}

const measured: MeasuredPart = {
  part,
  task: {
    name: "sentiment",
    title: "Tone",
    measures: [
      { name: "accuracy", better: "higher", unit: "share" },
      { name: "loss", better: "lower", unit: "nats" },
    ],
    writers: ["Ann", "Ben"],
    facts: { "measured writers": 2 },
  },
  cells: [
    cell("general", 1, [[0.5], [0.75]]),
    cell("p < 8", 1, [
      [0.75, 0.5],
      [0.5, 0.5],
    ]),
    cell("general", 2, [[0.5], [0.75]]),
    cell("p < 8", 2, [
      [1, 0.5],
      [0.5, 0.5],
    ]),
  ],
};

const summary = summarisePart(measured, createRandom(1));

test("Seeds are averaged for each writer, differences are paired by writer, and writers made worse are counted.", () => {
  const [general, prompt, control] = summary.rows;
  expect(general).toMatchObject({ row: "general", seconds: 4 });
  expect(general!.figures["accuracy"]).toMatchObject({ mean: 0.625, writersWorse: 0, seedDeviation: 0 });
  expect(prompt!.figures["accuracy"]).toMatchObject({
    mean: 0.6875,
    difference: { mean: 0.0625, low: -0.25, high: 0.375 },
    writersWorse: 0.5,
    writers: [0.875, 0.5],
  });
  expect(prompt!.figures["accuracy"]!.seedDeviation).toBeCloseTo(0.125 / Math.SQRT2, 10);
  expect(prompt!.figures["loss"]).toMatchObject({ writersWorse: 0.5 });
  expect(control).toMatchObject({ row: "p < 8, another writer's prompt", condition: "p < 8" });
  expect(summary.contrasts[0]!.difference["accuracy"]!.mean).toBeCloseTo(0.1875, 10);
});

test("A row that a contrast names and nobody measured is an error.", () => {
  const wrong = { ...measured, part: { ...part, contrasts: [["p < 8", "lost"]] as const } };
  expect(() => summarisePart(wrong, createRandom(1))).toThrow('no row "lost"');
});

test("The report says what was asked, how, and every figure; no writer is named.", () => {
  const study = { name: "two", title: "Two ways", question: "Which is better?", parts: [part] };
  const head = {
    command: "idiolect experiment two --seeds 2",
    machine: "2 cores",
    model: "0123456789abcdef01",
    seeds: [1, 2],
  };
  const report = studyReport(study, [summary], head);
  const text = describeStudy(report);
  expect(text).toContain(
    "# Two ways\n\nWhich is better?\n\nMade by `idiolect experiment two --seeds 2` on 2 cores.",
  );
  expect(text).toContain(
    "| p < 8 | 68.8 % | +6.3 [−25.0, +37.5] | 50 % | 0.313 | −0.063 [−0.375, +0.250] | 50 % | ± 8.8 | 4 |",
  );
  expect(text).toContain("| p < 8 − p < 8, another writer's prompt | +18.8 [0.0, +37.5] |");
  expect(text).toContain("](sentiment.svg)");
  expect(text + JSON.stringify(report)).not.toMatch(/Ann|Ben/);
});
