import type { Interval } from "../../numbers/intervals.ts";
import { formatInterval, formatPercent, formatSigned } from "../../words/format.ts";
import type { RatedSet } from "./rated-writers.ts";
import { type RoundFigures, type RoundStudy, roundCounts } from "./round-study.ts";
import type { SideOrStrength } from "./side-or-strength.ts";
import type { TriedPrior } from "./try-priors.ts";

/** The answer of `idiolect lab evaluate round --json`. */
export interface RoundEvaluation {
  readonly version: 1;
  /** Names the base and its prompts. */
  readonly reader: string;
  readonly machine: string;
  readonly sets: Readonly<Partial<Record<RatedSet, RoundStudy>>>;
  /** On the writers who choose, likeliest first; with `--try-priors`. */
  readonly priors?: readonly TriedPrior[];
  /** Of critics; with `--side-or-strength`. */
  readonly sideOrStrength?: SideOrStrength;
}

/** The tables of docs/evaluation.md. */
export function describeRounds({ sets, priors, sideOrStrength, reader, machine }: RoundEvaluation): string {
  const tables = Object.entries(sets).flatMap(([set, study]) => [`${set}\n`, describeStudy(study)]);
  const tried =
    priors === undefined
      ? []
      : [
          tableOf(
            ["bias", "spread", "slips", "as everybody", "log evidence"],
            priors.map(({ bias, spread, slips, asEverybody, logEvidence }) =>
              [bias, spread, slips, asEverybody, logEvidence.toFixed(1)].map(String),
            ),
          ),
        ];
  const personal =
    sideOrStrength === undefined
      ? []
      : (["side", "strength"] as const).map((kind) =>
          tableOf(
            [kind === "side" ? "two classes" : "five classes", "right", "− general, points", "critics worse"],
            sideOrStrength[kind].map(({ method, right, gain, writersWorse }) => [
              method,
              formatPercent(right, 1),
              formatInterval(gain, (one) => formatSigned(100 * one, 1)),
              formatPercent(writersWorse, 1),
            ]),
          ),
        );
  return [`base ${reader.slice(0, 12)}; ${machine}`, ...tables, ...personal, ...tried].join("\n\n");
}

function describeStudy({ rows, twelveChosen, falseOpenings }: RoundStudy): string {
  const figures = ({ error, right, gain }: RoundFigures): readonly string[] => [
    error.toFixed(3),
    interval(gain),
    formatPercent(right, 1),
  ];
  const gate = ({ open, helped, helpedOpen, openWorse }: RoundFigures, writers: number): string =>
    [
      `${open} of ${writers}`,
      `${helpedOpen} of ${helped} helped`,
      `${openWorse.measured} worse (surely ${openWorse.surely}, likely ${openWorse.likely.toFixed(1)})`,
    ].join("; ");
  const head = [
    "answers",
    "writers",
    "general: error, right side",
    ...["drawn", "chosen"].flatMap((order) => [`${order}: error`, "taken away", "right side"]),
    "gate, chosen",
  ];
  const measured = rows
    .filter(({ writers }) => writers > 0)
    .map(({ answers, writers, general, drawn, chosen }) => [
      `${answers}`,
      `${writers}`,
      `${general.error.toFixed(3)}, ${formatPercent(general.right, 1)}`,
      ...figures(drawn),
      ...figures(chosen),
      gate(chosen, writers),
    ]);
  const { against24Drawn, shareOf48 } = twelveChosen;
  return [
    tableOf(head, measured),
    `12 chosen against 24 drawn: error ${interval(against24Drawn)} (above 0: the 12 are better); ` +
      `${formatPercent(shareOf48)} of what all answers take away.`,
    tableOf(
      ["answers that nobody means", ...roundCounts.map(String), "ever"],
      falseOpenings.map(({ answering, open, ever }) => [
        answering,
        ...roundCounts.map((answers) => formatPercent(open[answers] ?? 0, 1)),
        formatPercent(ever, 1),
      ]),
    ),
  ].join("\n\n");
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const interval = (value: Interval): string => formatInterval(value, (one) => formatSigned(one, 3));
