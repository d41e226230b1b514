import { formatTable } from "../../cli/format-table.ts";
import { formatInterval, formatPercent, formatPlural } from "../../words/format.ts";
import { formatOf } from "./format-figures.ts";
import type { StudyReport } from "./study-report.ts";
import type { PartSummary } from "./summarise-study.ts";

/** A study's figures in short; the written report has the rest. */
export function describeParts({ title, parts }: StudyReport): string {
  return [title, ...parts.map(describePart)].join("\n\n");
}

function describePart({ title, writers, measures: [measure], reference, rows }: PartSummary): string {
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
