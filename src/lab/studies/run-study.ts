import type { Adaptation } from "./adaptation.ts";
import { type Cell, CellCache } from "./cell-cache.ts";
import type { Study, StudyPart, StudyTask } from "./study.ts";

/** A cell of the grid: one condition with one seed, all writers at once. */
export interface GridCell {
  readonly condition: string;
  readonly seed: number;
  readonly cell: Cell;
}

export interface MeasuredPart {
  readonly part: StudyPart;
  readonly task: Pick<StudyTask, "name" | "title" | "measures" | "writers" | "facts">;
  readonly cells: readonly GridCell[];
}

/** Where a study stands. */
export interface StudyProgress {
  readonly task: string;
  readonly condition: string;
  readonly seed: number;
  /** Cells before this one, of all. */
  readonly done: number;
  readonly cells: number;
  /** Of this cell, 0 to 1; undefined where it was measured before. */
  readonly fraction?: number;
}

export interface StudyRun {
  readonly study: Study;
  /** Opens the task of a part. It keeps nothing open between cells. */
  readonly openTask: (part: StudyPart) => Promise<StudyTask>;
  readonly seeds: readonly number[];
  /** File of finished cells. */
  readonly cachePath: string;
  readonly listen?: (progress: StudyProgress) => Promise<void>;
}

/** Measures every condition with every seed; cells that were measured before are taken from the cache. */
export async function runStudy(run: StudyRun): Promise<readonly MeasuredPart[]> {
  const cache = new CellCache(run.cachePath);
  const parts: MeasuredPart[] = [];
  for (const part of run.study.parts) {
    const task = await run.openTask(part);
    parts.push({ part, task, cells: await measurePart(run, cache, part, task) });
  }
  return parts;
}

async function measurePart(
  { seeds, listen = async () => undefined }: StudyRun,
  cache: CellCache,
  { conditions }: StudyPart,
  task: StudyTask,
): Promise<readonly GridCell[]> {
  const grid = seeds.flatMap((seed) =>
    Object.entries(conditions).map(([condition, adaptation]) => ({ condition, adaptation, seed })),
  );
  const cells: GridCell[] = [];
  for (const [done, { condition, adaptation, seed }] of grid.entries()) {
    const place = { task: task.name, condition, seed, done, cells: grid.length };
    const tell = (fraction: number): Promise<void> => listen({ ...place, fraction });
    const known = cache.get({ task: task.key, adaptation, seed });
    await listen(place);
    const cell = known ?? (await measureCell(task, adaptation, seed, tell));
    if (known === undefined) cache.keep({ task: task.key, adaptation, seed }, cell);
    cells.push({ condition, seed, cell });
  }
  return cells;
}

async function measureCell(
  task: StudyTask,
  adaptation: Adaptation,
  seed: number,
  listen: (fraction: number) => Promise<void>,
): Promise<Cell> {
  const startedMs = performance.now();
  const figures = await task.measure(adaptation, seed, listen);
  return { figures, seconds: Math.round((performance.now() - startedMs) / 100) / 10 };
}
