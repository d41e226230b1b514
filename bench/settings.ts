import { parseArgs } from "node:util";
import { maximumPassages } from "../src/session/learning-options.ts";

const sections = ["step", "families", "tuning", "reading", "profile", "job", "learn", "large"] as const;

export type Section = (typeof sections)[number];

export interface Settings {
  readonly only: ReadonlySet<Section>;
  readonly modelPath: string;
  /** Holds one folder for each blog. */
  readonly corporaPath: string;
  /** Of the engine and of each peer that has threads. */
  readonly threads: number;
  /** The batch without padding that steps are timed on: so many texts of so many tokens. */
  readonly batchRows: number;
  readonly lengthTokens: number;
  /** Timed pairs of a training step on one batch. */
  readonly rounds: number;
  /** Batches of the real blog that are timed. */
  readonly blogBatches: number;
  /** Rounds in which the slow peer (TensorFlow.js) takes part. */
  readonly slowRounds: number;
  /** Timed readings for each length. */
  readonly readings: number;
  /** Starts of a process that are timed. */
  readonly coldStarts: number;
  readonly profileSteps: number;
  /** Names of the blogs whose prompts are learned in whole jobs. */
  readonly jobBlogs: readonly string[];
  /** Passages that a job learns from at most, as many as the product takes unless said otherwise. */
  readonly jobPassages: number;
  /** Times that each whole job is run. */
  readonly jobRepeats: number;
  readonly python: string;
  /** Where the figures go as JSON. */
  readonly jsonPath: string | undefined;
}

/** Throws RangeError for a section or a number that is none. */
export function readSettings(): Settings {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: sections.join(",") },
      model: { type: "string", default: "models/idiolect-base" },
      corpora: { type: "string", default: "../shared/corpora" },
      threads: { type: "string", default: "2" },
      rows: { type: "string", default: "16" },
      length: { type: "string", default: "128" },
      rounds: { type: "string", default: "15" },
      "blog-batches": { type: "string", default: "24" },
      "slow-rounds": { type: "string", default: "3" },
      readings: { type: "string", default: "300" },
      "cold-starts": { type: "string", default: "5" },
      "profile-steps": { type: "string", default: "10" },
      "job-blogs": { type: "string", default: "chris-wellons,ruben-schade" },
      "job-passages": { type: "string", default: String(maximumPassages) },
      "job-repeats": { type: "string", default: "3" },
      json: { type: "string" },
    },
  });
  return {
    only: new Set(values.only.split(",").map(asSection)),
    modelPath: values.model,
    corporaPath: values.corpora,
    threads: asCount(values.threads),
    batchRows: asCount(values.rows),
    lengthTokens: asCount(values.length),
    rounds: asCount(values.rounds),
    blogBatches: asCount(values["blog-batches"]),
    slowRounds: asCount(values["slow-rounds"]),
    readings: asCount(values.readings),
    coldStarts: asCount(values["cold-starts"]),
    profileSteps: asCount(values["profile-steps"]),
    jobBlogs: values["job-blogs"].split(","),
    jobPassages: asCount(values["job-passages"]),
    jobRepeats: asCount(values["job-repeats"]),
    python: process.env["IDIOLECT_PYTHON"] ?? "python3",
    jsonPath: values.json,
  };
}

function asSection(name: string): Section {
  const section = sections.find((known) => known === name);
  if (section === undefined) {
    throw new RangeError(`There is no section ${name}. Choose from ${sections.join(", ")}.`);
  }
  return section;
}

function asCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`${text} is no whole number above 0.`);
  }
  return count;
}
