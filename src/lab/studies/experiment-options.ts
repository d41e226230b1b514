import { cpus } from "node:os";
import type { CommonOptions } from "../../cli/common-options.ts";
import type { TaskName } from "./study.ts";

export interface ExperimentOptions extends CommonOptions<"seed" | "model"> {
  readonly quick?: true;
  readonly seeds: number;
  readonly data?: string;
  readonly threshold?: readonly number[];
  readonly labelField: string;
  readonly writers?: number;
  readonly generalTexts?: number;
  readonly only?: TaskName;
  readonly conditions?: readonly string[];
  readonly tokens: number;
  readonly out?: string;
}

/** Tokens of an input with passages where nothing else is asked for: more than the base was trained on does harm. */
export const defaultTokens = 128;

/** What makes the report again, without paths: those are of one machine. */
export function commandOf(name: string, options: ExperimentOptions): string {
  const { quick, seeds, seed, data, threshold, labelField, writers, generalTexts, only, conditions, tokens } =
    options;
  return [
    `idiolect experiment ${name}`,
    ...(quick ? ["--quick"] : []),
    ...(data === undefined ? [] : ["--data <file>"]),
    ...(threshold === undefined ? [] : [`--threshold ${threshold.join(",")}`]),
    ...(labelField === "label" ? [] : [`--label-field ${labelField}`]),
    ...(writers === undefined ? [] : [`--writers ${writers}`]),
    ...(generalTexts === undefined ? [] : [`--general-texts ${generalTexts}`]),
    ...(only === undefined ? [] : [`--only ${only}`]),
    ...(conditions === undefined ? [] : [`--conditions "${conditions.join("; ")}"`]),
    ...(tokens === defaultTokens ? [] : [`--tokens ${tokens}`]),
    `--seeds ${seeds}`,
    ...(seed === 1 ? [] : [`--seed ${seed}`]),
  ].join(" ");
}

/** Processor and Node version, for the report. */
export function machineName(): string {
  const all = cpus();
  return `${all.length} cores of ${all[0]?.model.trim() || "an unnamed processor"}, Node ${process.version}`;
}
