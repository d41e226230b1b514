import { formatTable } from "../../cli/format-table.ts";
import { formatInterval, formatPercent, formatPlural } from "../../words/format.ts";
import { formatOf } from "./format-figures.ts";
import type { Measure, Study } from "./study.ts";
import type { PartSummary, StudyRow } from "./summarise-study.ts";

/** What a study gave, ready to be written: `report.json`. */
export interface StudyReport {
  readonly version: 1;
  readonly study: string;
  readonly title: string;
  readonly question: string;
  /** The command that makes it again. */
  readonly command: string;
  readonly machine: string;
  /** SHA-256 of the base's files. */
  readonly model: string;
  readonly seeds: readonly number[];
  readonly parts: readonly PartSummary[];
}

export interface ReportHead {
  readonly command: string;
  readonly machine: string;
  readonly model: string;
  readonly seeds: readonly number[];
}

export function studyReport(
  { name, title, question }: Study,
  parts: readonly PartSummary[],
  head: ReportHead,
): StudyReport {
  return { version: 1, study: name, title, question, ...head, parts };
}

/** Name of a part's plot beside the report. */
export const plotName = ({ task }: Pick<PartSummary, "task">): string => `${task}.svg`;

/** The report for people: `report.md`. */
export function describeStudy(report: StudyReport): string {
  const { title, question, command, machine, model, seeds, parts } = report;
  return [
    `# ${title}`,
    question,
    `Made by \`${command}\` on ${machine}. Base ${model.slice(0, 16)}, ${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")}.`,
    "Each figure is the mean over writers (a writer's seeds are averaged first); differences are paired by writer, " +
      "with 95 % intervals from 10,000 bootstrap samples of writers. 'Worse' is the share of writers for whom the row " +
      "is worse than the reference.",
    ...parts.flatMap(describePart),
    "",
  ].join("\n\n");
}

function describePart(part: PartSummary): readonly string[] {
  const { title, facts, reference, measures, contrasts } = part;
  const told = Object.entries(facts).map(([name, value]) => `${name}: ${value}`);
  return [
    `## ${title}`,
    `${told.join("; ")}. Reference: ${reference}.`,
    `![Differences to ${reference}](${plotName(part)})`,
    rowTable(part),
    ...countList(part),
    ...(contrasts.length === 0 ? [] : ["Pairs, the first less the second:", contrastTable(part, measures)]),
  ];
}

/** What else was counted of the conditions themselves, a line for each count. */
function countList(part: PartSummary): readonly string[] {
  const rows = part.rows.filter(({ row, condition }) => row === condition);
  const names = new Set(rows.flatMap(({ counts }) => Object.keys(counts)));
  return [...names].map((name) => {
    const told = rows.filter(({ counts }) => name in counts);
    return `Mean ${name}: ${told.map(({ row, counts }) => `${row} ${counts[name]!.toFixed(1)}`).join("; ")}.`;
  });
}

function rowTable({ rows, measures, reference }: PartSummary): string {
  const heads = measures.flatMap((measure) => [
    `${measure.name} (${measure.better} is better)`,
    `− ${reference}, ${formatOf(measure).unit}`,
    "worse",
  ]);
  const seeded = rows.some(({ figures }) => figures[measures[0]!.name]!.seedDeviation !== undefined);
  return table([
    ["", ...heads, ...(seeded ? ["between seeds"] : []), "seconds"],
    ...rows.map((row) => [
      row.row,
      ...measures.flatMap((measure) => cellsOf(row, measure, row.row === reference)),
      ...(seeded ? [seedCell(row, measures[0]!)] : []),
      row.seconds.toFixed(0),
    ]),
  ]);
}

function cellsOf({ figures }: StudyRow, measure: Measure, isReference: boolean): readonly string[] {
  const { mean, difference, writersWorse } = figures[measure.name]!;
  const format = formatOf(measure);
  const beside = isReference
    ? ["", ""]
    : [formatInterval(difference, format.difference), formatPercent(writersWorse)];
  return [format.figure(mean), ...beside];
}

function seedCell({ figures }: StudyRow, measure: Measure): string {
  const { seedDeviation } = figures[measure.name]!;
  return seedDeviation === undefined ? "" : formatOf(measure).difference(seedDeviation).replace("+", "± ");
}

function contrastTable({ contrasts }: PartSummary, measures: readonly Measure[]): string {
  return table([
    ["pair", ...measures.map((measure) => `${measure.name}, ${formatOf(measure).unit}`)],
    ...contrasts.map(({ first, second, difference }) => [
      `${first} − ${second}`,
      ...measures.map((measure) => formatInterval(difference[measure.name]!, formatOf(measure).difference)),
    ]),
  ]);
}

function table([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head!), `|${head!.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** A study's figures in short; the written report has the rest. */
export function describeParts({ title, parts }: StudyReport): string {
  return [title, ...parts.map(summaryOf)].join("\n\n");
}

function summaryOf({ title, writers, measures: [measure], reference, rows }: PartSummary): string {
  const format = formatOf(measure!);
  const head = ["", measure!.name, `− ${reference}`, "worse"];
  const lines = rows.map(({ row, figures }) => {
    const { mean, difference, writersWorse } = figures[measure!.name]!;
    const isReference = row === reference;
    return [
      row,
      format.figure(mean),
      isReference ? "" : formatInterval(difference, format.difference),
      isReference ? "" : formatPercent(writersWorse),
    ];
  });
  return [`${title}, ${formatPlural(writers, "writer")}, ${format.unit}`, formatTable([head, ...lines])].join(
    "\n",
  );
}
