import { formatTable } from "../../cli/format-table.ts";
import { formatCount, formatPercent } from "../../words/format.ts";
import type { ClassMeasures } from "../measures/class-measures.ts";
import type { SideReport } from "./measure-sides.ts";
import type { ToneTable } from "./tone-table.ts";

/** A file of labelled texts as it was read, beside what needs no model. */
export function describeSides(report: SideReport): string {
  const { shown, likeliest, alwaysNeutral, vader, abstained, calibrationError } = report;
  const ways: readonly (readonly [string, ClassMeasures])[] = [
    ["as shown", shown],
    ["likeliest side", likeliest],
    ["always no tone", alwaysNeutral],
    ["VADER's word list", vader],
  ];
  const rows = ways.map(
    ([
      name,
      {
        right,
        macroF1,
        classes: [negative, , positive],
      },
    ]) => [
      name,
      percent(right),
      percent(macroF1),
      percent(negative!.precision),
      percent(negative!.recall),
      percent(positive!.precision),
      percent(positive!.recall),
    ],
  );
  return [
    `${formatCount(shown.texts)} texts`,
    formatTable([["", "right", "macro-F1", "negative: right", "found", "positive: right", "found"], ...rows]),
    `  a side was likeliest but not sure enough to be shown: ${percent(abstained)}`,
    `  expected calibration error: ${calibrationError.toFixed(3)}`,
  ].join("\n");
}

/** The table of all sets. */
export function describeToneTable({ sets, checklist }: ToneTable): string {
  const rows = Object.entries(sets).map(([set, { classes, idiolect, vader, alwaysNeutral, correlation }]) => [
    set,
    String(classes),
    formatCount(idiolect.texts),
    percent(idiolect.right),
    percent(idiolect.macroF1),
    percent(idiolect.macroRecall),
    percent(vader.right),
    percent(vader.macroF1),
    percent(alwaysNeutral?.right ?? null),
    correlation?.toFixed(3) ?? "",
  ]);
  const header = [
    "",
    "classes",
    "texts",
    "right",
    "macro-F1",
    "recall",
    "VADER right",
    "VADER F1",
    "no tone",
    "r",
  ];
  const capabilities = Object.entries({ ...checklist.single }).map(([name, { right, of }]) => [
    name,
    `${right} of ${of}`,
  ]);
  const pairs = Object.entries(checklist.pairs).map(([name, { right, of }]) => [
    `pairs: ${name}`,
    `${right} of ${of}`,
  ]);
  const sided = Object.entries(sets).flatMap(([set, { sides }]) =>
    sides === undefined ? [] : [`${set}, by sides: ${describeSides(sides)}`],
  );
  return [
    formatTable([header, ...rows]),
    ...sided,
    formatTable([["checklist", ""], ...capabilities, ...pairs]),
  ].join("\n\n");
}

const percent = (share: number | null): string => (share === null ? "–" : formatPercent(share, 1));
