/*
 * Processor seconds and memory by stage at several sizes of a vault, with the growth from one size to the next.
 *
 *   node bench/size/run.ts [--notes 1000,4000,16000] [--seed 1] [--only fitting,...] [--profile <folder>]
 *
 * The vaults are made by `vault.ts`. Vectors of notes come from a cheap source that knows nothing of any model, those of
 * tags' names and of the draft from the model. With --profile each stage leaves a processor profile in the folder. The
 * stage 'first completion' asks the editor's server as it was built last (npm run build), on Linux.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { learnerArguments } from "../../src/learner/learner-process.ts";
import { describeMachine, machineLines } from "../machine.ts";
import { say } from "../say.ts";
import { formatTable } from "../table.ts";
import { sizeStages } from "./stages.ts";

interface Figure {
  readonly seconds: number;
  readonly peakBytes: number;
  /** Where it is another: pages that other processes have as well count as a whole. */
  readonly residentBytes?: number;
}

/** Those that the learner's process has in the product. */
const learnerStages: ReadonlySet<string> = new Set(["reading", "fitting", "half removed"]);

const { values } = parseArgs({
  options: {
    notes: { type: "string", default: "1000,4000,16000" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: Object.keys(sizeStages).join(",") },
    profile: { type: "string" },
    /** Of a process that measures one stage. */
    stage: { type: "string" },
    folder: { type: "string" },
  },
});

if (values.stage !== undefined) await measureStage(values.stage, values.folder!, Number(values.notes));
else measureAll();

function measureAll(): void {
  say(machineLines(describeMachine()).join("\n"));
  const sizes = values.notes.split(",").map(Number);
  const wanted = new Set(values.only.split(","));
  const figures = sizes.map((notes) => measureSize(notes, wanted));
  const heading = ["", ...sizes.flatMap((size, at) => [`${size}`, "MB", ...(at === 0 ? [] : ["growth"])])];
  const rows = Object.keys(sizeStages)
    .filter((stage) => figures.some((of) => of.has(stage)))
    .map((stage) => [
      stage,
      ...figures.flatMap((of, at) => cellsOf(of.get(stage), figures[at - 1]?.get(stage), at)),
    ]);
  say(formatTable(heading, rows));
}

function cellsOf(figure: Figure | undefined, smaller: Figure | undefined, at: number): readonly string[] {
  const growth = figure && smaller ? (figure.seconds / smaller.seconds).toFixed(1) : "";
  const cells = figure
    ? [`${figure.seconds.toFixed(2)} s`, `${Math.round(figure.peakBytes / 1e6)}`]
    : ["", ""];
  return at === 0 ? cells : [...cells, growth];
}

/** All stages run, as each builds on those before it; only the wanted ones are told. */
function measureSize(notes: number, wanted: ReadonlySet<string>): ReadonlyMap<string, Figure> {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-size-"));
  const figures = new Map<string, Figure>();
  const last = Object.keys(sizeStages).findLastIndex((stage) => wanted.has(stage));
  try {
    for (const stage of Object.keys(sizeStages).slice(0, last + 1)) {
      // These change nothing.
      if (!wanted.has(stage) && ["next draft", "first completion", "fitting"].includes(stage)) continue;
      const profiling =
        values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`];
      const own = ["--stage", stage, "--folder", folder, "--notes", `${notes}`, "--seed", values.seed];
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [...(learnerStages.has(stage) ? learnerArguments : []), ...profiling, import.meta.filename, ...own],
        {
          encoding: "utf8",
        },
      );
      if (status !== 0) throw new Error(`${stage} at ${notes} notes failed: ${stderr}`);
      const figure: Figure = JSON.parse(stdout);
      const { seconds, residentBytes } = figure;
      const resident = residentBytes === undefined ? "" : `, ${Math.round(residentBytes / 1e6)} MB resident`;
      process.stderr.write(`${notes} ${stage}: ${seconds.toFixed(2)} s${resident}\n`);
      if (wanted.has(stage)) figures.set(stage, figure);
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureStage(stage: string, folder: string, notes: number): Promise<void> {
  const measure = sizeStages[stage];
  if (measure === undefined)
    throw new RangeError(`There is no stage ${stage}. Choose from ${Object.keys(sizeStages)}.`);
  let seconds = 0;
  let elsewhere: Figure | undefined;
  const count = async (work: () => Promise<unknown>) => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    seconds += (user + system) / 1e6;
  };
  await measure({ folder, notes, seed: Number(values.seed) }, count, (cost) => {
    elsewhere = cost;
  });
  const figure: Figure = elsewhere ?? { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
  process.stdout.write(JSON.stringify(figure));
}
