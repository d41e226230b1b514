/*
 * Measures speed and memory on this machine, against peers where there are some (docs/benchmarks.md).
 *   npm run bench -- [--only step,families,job] [--rounds 15] [--json figures.json]
 */
import { writeFileSync } from "node:fs";
import { describeMachine, machineLines } from "./machine.ts";
import { say } from "./say.ts";
import { measureFamilies } from "./sections/families.ts";
import { measureJobs } from "./sections/job.ts";
import { measureLarge } from "./sections/large.ts";
import { measureLearning } from "./sections/learn.ts";
import { measureProfile } from "./sections/profile.ts";
import { measureReading } from "./sections/reading.ts";
import { measureSteps } from "./sections/step.ts";
import { measureTunings } from "./sections/tuning.ts";
import { readSettings, type Section } from "./settings.ts";
import { type Workplace, withWorkplace } from "./workplace.ts";

const measures: Readonly<Record<Section, (place: Workplace) => Promise<unknown>>> = {
  step: measureSteps,
  families: measureFamilies,
  tuning: measureTunings,
  reading: measureReading,
  profile: measureProfile,
  job: measureJobs,
  learn: measureLearning,
  large: measureLarge,
};

const settings = readSettings();
const machine = describeMachine();
say(machineLines(machine).join("\n"));
await withWorkplace(settings, async (place) => {
  const model = place.model.id;
  say(`Model ${settings.modelPath}, ${model.slice(0, 16)}`);
  const figures: Partial<Record<Section, unknown>> = {};
  for (const section of settings.only) {
    figures[section] = await measures[section](place);
    // After each section, so that a later one that fails takes no figures with it.
    writeReport({ version: 1, machine, settings: namedSettings(), model, ...figures });
  }
});

function writeReport(report: object): void {
  if (settings.jsonPath !== undefined) {
    writeFileSync(settings.jsonPath, `${JSON.stringify(report, undefined, 2)}\n`);
  }
}

/** Without the paths of this machine. */
function namedSettings() {
  const { modelPath: _model, corporaPath: _corpora, python: _python, jsonPath: _json, ...named } = settings;
  return { ...named, only: [...settings.only] };
}
