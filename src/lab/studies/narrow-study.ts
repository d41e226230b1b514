import type { Study, StudyPart, StudyPlot, TaskName } from "./study.ts";

/** What of a study is wanted; all of it where absent. */
export interface StudyChoice {
  readonly tasks?: readonly TaskName[];
  /** Names of conditions; each part's reference is always measured. */
  readonly conditions?: readonly string[];
}

/** The parts and conditions that are wanted, with the pairs and lines that still have their rows. */
export function narrowStudy(study: Study, { tasks, conditions }: StudyChoice): Study {
  const parts = study.parts.filter(({ task }) => tasks === undefined || tasks.includes(task));
  return {
    ...study,
    parts: conditions === undefined ? parts : parts.map((part) => narrowPart(part, conditions)),
  };
}

function narrowPart(part: StudyPart, wanted: readonly string[]): StudyPart {
  const isWanted = (condition: string): boolean => condition === part.reference || wanted.includes(condition);
  const names = Object.keys(part.conditions).filter(isWanted);
  // A control's row is that of its condition and what it is read with.
  const hasRow = (row: string): boolean => names.some((name) => row === name || row.startsWith(`${name}, `));
  return {
    ...part,
    conditions: Object.fromEntries(names.map((name) => [name, part.conditions[name]!])),
    contrasts: part.contrasts.filter((rows) => rows.every(hasRow)),
    plot: narrowPlot(part.plot, hasRow),
  };
}

function narrowPlot(plot: StudyPlot, hasRow: (row: string) => boolean): StudyPlot {
  if (plot.kind === "dots") return plot;
  const lines = Object.entries(plot.lines).map(
    ([name, points]) => [name, points.filter(([, row]) => hasRow(row))] as const,
  );
  const left = lines.filter(([, points]) => points.length > 0);
  return left.length === 0 ? { kind: "dots" } : { ...plot, lines: Object.fromEntries(left) };
}

/** All conditions of a study, each once. */
export function conditionsOf({ parts }: Study): readonly string[] {
  return [...new Set(parts.flatMap(({ conditions }) => Object.keys(conditions)))];
}
