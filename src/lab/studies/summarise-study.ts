import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { mean, variance } from "../../numbers/mean.ts";
import type { GridCell, MeasuredPart } from "./run-study.ts";
import { type Measure, rowName } from "./study.ts";

/** One row and measure: over writers, each the mean of the seeds. */
export interface RowFigures {
  readonly mean: number;
  /** The row less the reference, paired by writer. */
  readonly difference: Interval;
  /** Share of writers for whom it is worse than the reference. */
  readonly writersWorse: number;
  /** Standard deviation of the mean between seeds; absent with one seed. */
  readonly seedDeviation?: number;
  /** One number for each writer, in the order of all rows; writers are not named. */
  readonly writers: readonly number[];
}

export interface StudyRow {
  readonly row: string;
  readonly condition: string;
  /** By measure. */
  readonly figures: Readonly<Record<string, RowFigures>>;
  /** What else was counted, mean over writers and seeds, such as passages that were left out. */
  readonly counts: Readonly<Record<string, number>>;
  /** To learn and to read, all writers together, mean of the seeds. */
  readonly seconds: number;
}

export interface StudyContrast {
  readonly first: string;
  readonly second: string;
  /** By measure: the first less the second, paired by writer. */
  readonly difference: Readonly<Record<string, Interval>>;
}

export interface PartSummary {
  readonly task: string;
  readonly title: string;
  readonly measures: readonly Measure[];
  readonly reference: string;
  readonly writers: number;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly rows: readonly StudyRow[];
  readonly contrasts: readonly StudyContrast[];
}

/** Means, paired intervals over writers (each writer's seeds averaged first) and spreads between seeds. */
export function summarisePart({ part, task, cells }: MeasuredPart, random: () => number): PartSummary {
  const { writers, measures, facts, name, title } = task;
  const rows = [...rowsOf(cells)];
  const valuesOf = (row: string, measure: string): readonly number[] => {
    const found = rows.find((one) => one.row === row);
    if (found === undefined) throw new RangeError(`The study has no row "${row}".`);
    return writers.map((writer) => mean(found.cells.map(({ cell }) => read(cell, writer, found, measure))));
  };
  const difference = (first: string, second: string, measure: string): Interval =>
    pairedBootstrap(subtract(valuesOf(first, measure), valuesOf(second, measure)), random);
  const byMeasure = <Value>(value: (measure: Measure) => Value): Readonly<Record<string, Value>> =>
    Object.fromEntries(measures.map((measure) => [measure.name, value(measure)]));
  return {
    task: name,
    title,
    measures,
    reference: part.reference,
    writers: writers.length,
    facts,
    rows: rows.map((row) => ({
      row: row.row,
      condition: row.condition,
      figures: byMeasure((measure) => {
        const own = valuesOf(row.row, measure.name);
        const less = subtract(own, valuesOf(part.reference, measure.name));
        const seedMeans = row.cells.map(({ cell }) =>
          mean(writers.map((writer) => read(cell, writer, row, measure.name))),
        );
        return {
          mean: mean(own),
          difference: difference(row.row, part.reference, measure.name),
          writersWorse: less.filter((value) => isWorse(value, measure)).length / writers.length,
          ...(seedMeans.length > 1 ? { seedDeviation: Math.sqrt(variance(seedMeans, 1)) } : {}),
          writers: own,
        };
      }),
      counts: countsOf(row, measures),
      seconds: mean(row.cells.map(({ cell }) => cell.seconds)),
    })),
    contrasts: part.contrasts.map(([first, second]) => ({
      first,
      second,
      difference: byMeasure(({ name: measure }) => difference(first, second, measure)),
    })),
  };
}

interface Row {
  readonly row: string;
  readonly condition: string;
  readonly reading: string;
  /** One for each seed. */
  readonly cells: readonly GridCell[];
}

function* rowsOf(cells: readonly GridCell[]): Generator<Row> {
  for (const [condition, own] of Map.groupBy(cells, (cell) => cell.condition)) {
    const [any] = Object.values(own[0]!.cell.figures);
    for (const reading of Object.keys(any ?? {})) {
      yield { row: rowName(condition, reading), condition, reading, cells: own };
    }
  }
}

/** Means of the figures that are no measures. */
function countsOf({ cells, reading }: Row, measures: readonly Measure[]): Readonly<Record<string, number>> {
  const known = new Set(measures.map(({ name }) => name));
  const all = cells.flatMap(({ cell }) => Object.values(cell.figures).map((writer) => writer[reading]!));
  const names = Object.keys(all[0] ?? {}).filter((name) => !known.has(name));
  return Object.fromEntries(names.map((name) => [name, mean(all.map((figures) => figures[name] ?? 0))]));
}

function read({ figures }: GridCell["cell"], writer: string, { reading }: Row, measure: string): number {
  return figures[writer]![reading]![measure]!;
}

const isWorse = (difference: number, { better }: Measure): boolean =>
  better === "higher" ? difference < 0 : difference > 0;

const subtract = (first: readonly number[], second: readonly number[]): number[] =>
  first.map((value, at) => value - second[at]!);
