/*
 * Holds the speed and memory of the build against committed budgets (budgets.json), and ends with 1 where a figure is half
 * as large again as its budget.
 *
 *   npm run perf                     all figures, at 1,000 and 16,000 notes, and fitting tags of 1,000
 *   npm run perf -- --short          those at 1,000 notes, without fitting tags; as `npm test` does
 *   npm run perf -- --set            takes what is measured, and a fifth more, as the new budgets
 *
 * Figures are processor time in multiples of a fixed piece of work, which is done right before and after each measurement,
 * so they hold on faster and slower machines, and where other work runs beside.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { shippedModelPath } from "../../src/session/package-root.ts";
import { describeMachine, machineLines } from "../machine.ts";
import { say } from "../say.ts";
import { formatTable } from "../table.ts";
import { newBudgets, readBudgets, tolerance, verdictOf, writeBudgets } from "./budgets.ts";
import { type Figure, Figures, type Measured } from "./figures.ts";
import type { LearningStepAnswer } from "./learning-step.ts";
import { type KnownWriter, measureServer } from "./server-figures.ts";
import { Yardsticks } from "./yardsticks.ts";

const { values: options } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    set: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    /** The folder above the build. */
    build: { type: "string", default: join(import.meta.dirname, "..", "..") },
    /** Where figures go as JSON. */
    json: { type: "string" },
  },
});

const bench = join(import.meta.dirname, "..");
const sizes = options.short ? [1_000] : [1_000, 16_000];
const sizeStageSchema = z.object({ seconds: z.number(), peakBytes: z.number() });
const textSchema = z.object({ readMs: z.number(), editMs: z.number() });
const parsedText = "outline, 97 kB";
const folder = mkdtempSync(join(tmpdir(), "idiolect-perf-"));
const yardsticks = await Yardsticks.open();
const figures = new Figures();

try {
  say(machineLines(describeMachine()).join("\n"));
  const writers = new Map<number, KnownWriter>();
  for (const notes of sizes) writers.set(notes, await prepareNotes(notes));
  // The first start unpacks the model and fills the caches of the disk; it counts for nothing.
  await measureServer(options.build, writers.get(sizes[0]!)!, "");
  await measureRounds(writers);
  // What failed by chance is looked at once more, and counts with both looks.
  if (!options.set && hasFailed()) await measureRounds(writers);
} finally {
  await yardsticks.release();
  rmSync(folder, { recursive: true, force: true });
}
conclude(figures.list());

async function measureRounds(writers: ReadonlyMap<number, KnownWriter>): Promise<void> {
  for (let round = 0; round < Number(options.rounds); round++) {
    await measure(() => extensionFigures());
    for (const [notes, writer] of writers) {
      await measure(() => measureServer(options.build, writer, ofNotes(notes)));
    }
    await measure(() => parsingFigures());
    await measure(() => learningFigures());
  }
}

function hasFailed(): boolean {
  const budgets = readBudgets();
  return figures.list().some((figure) => verdictOf(figure, budgets) === "failed");
}

async function measure(work: () => Measured | Promise<Measured>): Promise<void> {
  const before = await yardsticks.measure();
  const measured = await work();
  figures.add(measured, before, await yardsticks.measure());
}

/** A vault of so many notes, read, with a profile; some of what that takes are figures of their own. */
async function prepareNotes(notes: number): Promise<KnownWriter> {
  const place = join(folder, `${notes}`);
  for (const stage of stagesOf(notes)) {
    await measure(() => {
      const { seconds, peakBytes } = sizeStageSchema.parse(
        answerOf("size/run.ts", "--stage", stage, "--folder", place, "--notes", `${notes}`, "--seed", "1"),
      );
      if (stage === "first draft") return {};
      const name = `${stage}${ofNotes(notes)}`;
      return {
        [name]: { unit: "loop", value: 1000 * seconds },
        [`${name}, memory`]: { unit: "megabytes", value: peakBytes },
      };
    });
  }
  return { notes: join(place, "notes"), storePath: join(place, "store"), cachePath: join(folder, "cache") };
}

/** Fitting 16,000 takes minutes and is left to the benchmark of sizes. */
function stagesOf(notes: number): readonly string[] {
  return ["reading", "first draft", ...(options.short || notes > sizes[0]! ? [] : ["fitting"])];
}

function extensionFigures(): Measured {
  const { processorMs } = z
    .object({ processorMs: z.number() })
    .parse(answerOf("perf/extension-code.ts", options.build));
  return { "extension's code": { unit: "loop", value: processorMs } };
}

function parsingFigures(): Measured {
  const { readMs, editMs } = textSchema.parse(
    answerOf("documents/run.ts", "--expose-gc", "--text", parsedText),
  );
  return {
    "parsing 97 kB": { unit: "loop", value: readMs },
    "an edit in 97 kB": { unit: "loop", value: editMs },
  };
}

function learningFigures(): Measured {
  const cache = join(folder, "model");
  const { products, stepMs, peakMemoryBytes } = answerOf(
    "perf/learning-step.ts",
    shippedModelPath(),
    cache,
    "6",
  ) as LearningStepAnswer;
  const name = products === "rounded" ? "learning step, in 8 bits" : "learning step, in full";
  return {
    [name]: { unit: "product", value: stepMs },
    [`${name}, memory`]: { unit: "megabytes", value: peakMemoryBytes },
  };
}

/** What a program of the benchmark prints as JSON. Words for Node itself begin with `--expose`. */
function answerOf(program: string, ...words: readonly string[]): unknown {
  const forNode = words.filter((word) => word.startsWith("--expose"));
  const own = words.filter((word) => !word.startsWith("--expose"));
  const { stdout, stderr, status } = spawnSync(process.execPath, [...forNode, join(bench, program), ...own], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function conclude(list: readonly Figure[]): void {
  const budgets = readBudgets();
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(list, undefined, 2)}\n`);
  if (options.set) {
    writeBudgets(newBudgets(list, budgets));
    say("The budgets are set anew.");
    return;
  }
  const verdicts = list.map((figure) => verdictOf(figure, budgets));
  const rows = list.map(({ name, unit, value, rounds }, at) => [
    name,
    unit,
    value.toPrecision(3),
    rounds.length > 1 ? `${Math.min(...rounds).toPrecision(3)} to ${Math.max(...rounds).toPrecision(3)}` : "",
    budgets[name]?.most.toPrecision(2) ?? "",
    verdicts[at]!,
  ]);
  say(formatTable(["", "unit", "figure", "rounds", "budget", ""], rows));
  const failed = list.filter((_, at) => verdicts[at] === "failed" || verdicts[at] === "without a budget");
  if (failed.length === 0) return;
  say(
    `\n${failed.map(({ name }) => name).join("; ")}: more than ${tolerance} times the budget, or none is set.`,
  );
  process.exitCode = 1;
}

function ofNotes(notes: number): string {
  return ` (${notes.toLocaleString("en")} notes)`;
}
