/*
 * Measures speed and memory on this machine, against peers where there are some (docs/benchmarks.md).
 *   npm run bench -- [--only step,reading,learn,profile] [--rounds 15] [--json figures.json]
 */
import { writeFileSync } from "node:fs";
import { describeMachine, machineLines } from "./machine.ts";
import { say } from "./say.ts";
import { measureLearning } from "./sections/learn.ts";
import { measureProfile } from "./sections/profile.ts";
import { measureReading } from "./sections/reading.ts";
import { measureSteps } from "./sections/step.ts";
import { readSettings, type Section } from "./settings.ts";
import { type Workplace, withWorkplace } from "./workplace.ts";

const measures: Readonly<Record<Section, (place: Workplace) => Promise<unknown>>> = {
  step: measureSteps,
  reading: measureReading,
  learn: measureLearning,
  profile: measureProfile,
};

const settings = readSettings();
const machine = describeMachine();
say(machineLines(machine).join("\n"));
const results = await withWorkplace(settings, async (place) => {
  say(`Model ${settings.modelPath}, ${place.model.id.slice(0, 16)}`);
  const figures: Partial<Record<Section, unknown>> = {};
  for (const section of settings.only) {
    figures[section] = await measures[section](place);
  }
  return { model: place.model.id, ...figures };
});
if (settings.jsonPath !== undefined) {
  const { only, python: _, ...rest } = settings;
  const report = { version: 1, machine, settings: { ...rest, only: [...only] }, ...results };
  writeFileSync(settings.jsonPath, `${JSON.stringify(report, undefined, 2)}\n`);
}
