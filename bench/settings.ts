import { parseArgs } from "node:util";

const sections = ["step", "reading", "profile", "learn", "large", "tuning"] as const;

export type Section = (typeof sections)[number];

export interface Settings {
  readonly only: ReadonlySet<Section>;
  readonly modelPath: string;
  /** Holds one folder for each blog. */
  readonly corporaPath: string;
  /** Of the engine and of each peer that has threads. */
  readonly threads: number;
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
      rounds: { type: "string", default: "15" },
      "blog-batches": { type: "string", default: "24" },
      "slow-rounds": { type: "string", default: "3" },
      readings: { type: "string", default: "300" },
      "cold-starts": { type: "string", default: "5" },
      "profile-steps": { type: "string", default: "10" },
      json: { type: "string" },
    },
  });
  return {
    only: new Set(values.only.split(",").map(asSection)),
    modelPath: values.model,
    corporaPath: values.corpora,
    threads: asCount(values.threads),
    rounds: asCount(values.rounds),
    blogBatches: asCount(values["blog-batches"]),
    slowRounds: asCount(values["slow-rounds"]),
    readings: asCount(values.readings),
    coldStarts: asCount(values["cold-starts"]),
    profileSteps: asCount(values["profile-steps"]),
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
