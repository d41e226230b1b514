import type { Adaptation } from "./adaptation.ts";

/** What is counted of a writer. */
export interface Measure {
  readonly name: string;
  readonly better: "higher" | "lower";
  /** `share`: 0 to 1, told in percent, differences in points; `nats`: told as it is. */
  readonly unit: "share" | "nats";
}

/** By the names of the measures. */
export type Figures = Readonly<Record<string, number>>;

/**
 * What one condition gave for one writer, by reading: `own` is the condition itself, the others are controls
 * that need the same training, such as another writer's prompt.
 */
export type WriterFigures = Readonly<Record<string, Figures>>;

export const ownReading = "own";

/** By writer. */
export type CellFigures = Readonly<Record<string, WriterFigures>>;

/** Told how far a cell is, 0 to 1, between runs of the model; may throw to cancel. */
export type CellListener = (fraction: number) => Promise<void>;

/** Texts of some writers with a question that is asked of each: what a study measures its conditions on. */
export interface StudyTask {
  readonly name: TaskName;
  readonly title: string;
  /** The first is what is plotted and what contrasts are told in. */
  readonly measures: readonly [Measure, ...Measure[]];
  readonly writers: readonly string[];
  /** Everything that figures depend on beside condition and seed, as plain data. */
  readonly key: unknown;
  /** What a reader should know of the data: counts, what was left out. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Measures one condition. The same condition, seed and key give the same figures. */
  measure(adaptation: Adaptation, seed: number, listen: CellListener): Promise<CellFigures>;
}

export type TaskName = "sentiment" | "words";

/** Conditions that are measured on one task. */
export interface StudyPart {
  readonly task: TaskName;
  /** By the names that the report has. */
  readonly conditions: Readonly<Record<string, Adaptation>>;
  /** The row that all others are compared with. */
  readonly reference: string;
  /** Further pairs of rows that are compared: the first less the second. */
  readonly contrasts: readonly (readonly [row: string, row: string])[];
  readonly plot: StudyPlot;
}

/** `dots`: each row's difference to the reference. `lines`: the same by a number, rows of a kind in a line. */
export type StudyPlot =
  | { readonly kind: "dots" }
  | {
      readonly kind: "lines";
      readonly by: string;
      readonly lines: Readonly<Record<string, readonly (readonly [x: number, row: string])[]>>;
    };

export interface Study {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly parts: readonly StudyPart[];
}

/** A row of the report: a condition, or a control of it. */
export function rowName(condition: string, reading: string): string {
  return reading === ownReading ? condition : `${condition}, ${reading}`;
}
