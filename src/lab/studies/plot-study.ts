import * as Plot from "@observablehq/plot";
import type { Interval } from "../../numbers/intervals.ts";
import { formatInterval } from "../../words/format.ts";
import { drawPicture } from "./draw-picture.ts";
import { type FigureFormat, formatOf } from "./format-figures.ts";
import type { Measure, StudyPlot } from "./study.ts";
import type { PartSummary } from "./summarise-study.ts";

const width = 820;
const colours = ["#3b6fb6", "#c2571a", "#2f7d5b", "#7c4fa0"] as const;
const grey = "#767676";

/** Of a letter of the pictures' font, rather too much than too little: nothing here measures text. */
const letterWidth = 6.4;
/** Of a row or a label, with air. */
const rowHeight = 26;
const labelHeight = 16;
/** Shown on both sides of 0 in any case, half a point or 0.005 nats: on a shorter axis two ticks would read the same. */
const aroundZero = 0.005;

/** Differences to the reference with their intervals, in the part's first measure, as an SVG file. */
export function plotStudyPart(part: PartSummary, plot: StudyPlot): string {
  const measure = part.measures[0]!;
  const title = axisTitle(measure, part.reference);
  const draw = (options: Plot.PlotOptions): string =>
    drawPicture(`${part.title}: ${title}`, { width, ...options });
  switch (plot.kind) {
    case "dots":
      return draw(dots(part, title));
    case "lines":
      return draw(lines(part, plot, title));
    default:
      return plot satisfies never;
  }
}

function axisTitle(measure: Measure, reference: string): string {
  return `${measure.name} less that of "${reference}", ${formatOf(measure).unit} (${measure.better} is better)`;
}

const grid = { stroke: "#000000", strokeOpacity: 0.12 } as const;
const below = { labelAnchor: "center", labelArrow: "none", labelOffset: 44, tickSize: 0 } as const;

/** Axis of the differences. Round pixels make lines sharp, and files alike everywhere. */
const differences = (intervals: readonly Interval[], { difference }: FigureFormat) =>
  ({ domain: spanOf(intervals), nice: true, round: true, tickFormat: difference, tickSize: 0 }) as const;

const spanOf = (intervals: readonly Interval[]): readonly [number, number] => [
  Math.min(-aroundZero, ...intervals.map(({ low }) => low)),
  Math.max(aroundZero, ...intervals.map(({ high }) => high)),
];

/** One line for each row but the reference, one under the other; controls are grey and hollow. */
function dots({ rows, reference, measures: [measure] }: PartSummary, title: string): Plot.PlotOptions {
  const format = formatOf(measure!);
  const shown = rows
    .filter(({ row }) => row !== reference)
    .map(({ row, condition, figures }) => {
      const { difference } = figures[measure!.name]!;
      const colour = row === condition ? colours[0] : grey;
      const told = formatInterval(difference, format.difference);
      return { row, ...difference, told, colour, inside: row === condition ? colour : "#ffffff" };
    });
  const heading = "mean and 95 % interval";
  const beside = { textAnchor: "start", dx: 20 } as const;
  return {
    height: 92 + rowHeight * shown.length,
    marginTop: 38,
    marginBottom: 54,
    marginLeft: 32 + widest(shown.map(({ row }) => row)),
    marginRight: 44 + widest([heading, ...shown.map(({ told }) => told)]),
    x: { ...differences(shown, format), ...below, label: title, inset: 12 },
    y: { type: "point", padding: 0.5, domain: shown.map(({ row }) => row), label: null, tickSize: 0 },
    marks: [
      Plot.gridX(grid),
      Plot.ruleX([0], { stroke: grey }),
      Plot.ruleY(shown, { y: "row", x1: "low", x2: "high", stroke: "colour", strokeWidth: 2 }),
      Plot.dot(shown, { y: "row", x: "mean", r: 4.5, stroke: "colour", strokeWidth: 2, fill: "inside" }),
      Plot.text(shown, { y: "row", text: "told", frameAnchor: "right", ...beside }),
      Plot.text([heading], { frameAnchor: "top-right", ...beside, dy: -20, fill: grey }),
    ],
  };
}

interface Place extends Interval {
  readonly x: number;
  readonly name: string;
  readonly colour: string;
}

/** Differences by a number on a scale of powers of two. */
function lines(
  { rows, measures: [measure] }: PartSummary,
  { by, lines: named }: Extract<StudyPlot, { kind: "lines" }>,
  title: string,
): Plot.PlotOptions {
  const found = Object.entries(named).map(([name, points], at) =>
    points.map(([x, row]): Place => {
      const { figures } = rows.find((one) => one.row === row)!;
      return { x, name, colour: colours[at % colours.length]!, ...figures[measure!.name]!.difference };
    }),
  );
  const ends = found.flatMap((points) => points.slice(-1));
  const ticks = [...new Set(found.flat().map(({ x }) => x))];
  const marginLeft = 72;
  return {
    height: 400,
    marginTop: 52,
    marginBottom: 54,
    marginLeft,
    marginRight: 36 + widest(Object.keys(named)),
    x: { type: "log", base: 2, round: true, ticks, tickFormat: String, ...below, label: by, inset: 40 },
    y: { ...differences(found.flat(), formatOf(measure!)), label: null },
    marks: [
      Plot.gridY(grid),
      Plot.ruleY([0], { stroke: grey }),
      ...found.flatMap((points, at) => series(points, 8 * (at - (found.length - 1) / 2))),
      Plot.text(ends, apart({ y: "mean", text: "name", fill: "colour", frameAnchor: "right", dx: 20 })),
      Plot.text([title], { frameAnchor: "top-left", textAnchor: "start", dx: 20 - marginLeft, dy: -32 }),
    ],
  };
}

/** Lines stand a little beside each other, so that intervals do not hide one another. */
function series(points: readonly Place[], dx: number): readonly Plot.Markish[] {
  return [
    Plot.line(points, { x: "x", y: "mean", stroke: "colour", dx }),
    Plot.ruleX(points, { x: "x", y1: "low", y2: "high", stroke: "colour", strokeWidth: 2, dx }),
    Plot.dot(points, { x: "x", y: "mean", r: 4.5, fill: "colour", dx }),
  ];
}

/** Labels that would lie on each other are moved down, the upper one staying where it is. */
function apart(labels: Plot.TextOptions): Plot.TextOptions {
  return Plot.initializer({ ...labels, textAnchor: "start" }, (_data, _facets, { y }, { y: scale }) => {
    const places = Array.from(y!.value as Iterable<number>, (value) => scale!(value) as number);
    const byHeight = places.map((_, at) => at).toSorted((a, b) => places[a]! - places[b]!);
    for (const [above, at] of byHeight.slice(1).entries()) {
      places[at] = Math.max(places[at]!, places[byHeight[above]!]! + labelHeight);
    }
    return { channels: { y: { value: places } } };
  });
}

const widest = (labels: readonly string[]): number =>
  Math.ceil(letterWidth * Math.max(0, ...labels.map(({ length }) => length)));
