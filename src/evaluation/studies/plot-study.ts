import { formatOf } from "./format-figures.ts";
import type { StudyPlot } from "./study.ts";
import type { PartSummary, RowFigures } from "./summarise-study.ts";
import { linearScale, type Mark, svg } from "./svg.ts";

const width = 760;
const colours = ["#3b6fb6", "#c2571a"] as const;
const grey = "#767676";

/** Differences to the reference with their intervals, in the part's first measure, as an SVG picture. */
export function plotPart(part: PartSummary, plot: StudyPlot): string {
  switch (plot.kind) {
    case "dots":
      return plotDots(part);
    case "lines":
      return plotLines(part, plot);
    default:
      return plot satisfies never;
  }
}

const differenceIn = ({ measures }: PartSummary, figures: Readonly<Record<string, RowFigures>>) =>
  figures[measures[0]!.name]!.difference;

function axisTitle({ measures: [measure], reference }: PartSummary): string {
  return `${measure!.name} less that of "${reference}", ${formatOf(measure!).unit} (${measure!.better} is better)`;
}

/** One line for each row but the reference, one under the other; controls in grey. */
function plotDots(part: PartSummary): string {
  const rows = part.rows.filter(({ row }) => row !== part.reference);
  const [left, right, top, step] = [300, 24, 30, 26] as const;
  const height = top + step * rows.length + 46;
  const differences = rows.map(({ figures }) => differenceIn(part, figures));
  const x = linearScale(spanOf(differences), [left, width - right]);
  const bottom = top + step * rows.length;
  const format = formatOf(part.measures[0]!);
  return svg({ width, height, title: `${part.title}: ${axisTitle(part)}` }, [
    ...x.ticks.flatMap((tick): Mark[] => [
      line(x.place(tick), top - 8, x.place(tick), bottom, tick === 0 ? grey : "#dddddd"),
      text(x.place(tick), bottom + 16, format.difference(tick), "middle"),
    ]),
    text((left + width - right) / 2, bottom + 36, axisTitle(part), "middle"),
    ...rows.flatMap(({ row, condition }, at): Mark[] => {
      const { mean, low, high } = differences[at]!;
      const y = top + step * (at + 0.5);
      const colour = row === condition ? colours[0] : grey;
      return [
        text(left - 12, y + 4, row, "end"),
        line(x.place(low), y, x.place(high), y, colour, 2),
        { kind: "circle", x: x.place(mean), y, radius: 4, colour },
      ];
    }),
  ]);
}

type Lines = Extract<StudyPlot, { kind: "lines" }>;

/** Differences by a number on a scale of powers of two. */
function plotLines(part: PartSummary, { by, lines }: Lines): string {
  const [left, right, top, height] = [80, 110, 30, 380] as const;
  const bottom = height - 60;
  const found = Object.entries(lines).map(([name, points]) => ({
    name,
    points: points.map(([x, row]) => {
      const { figures } = part.rows.find((one) => one.row === row)!;
      return { x: Math.log2(x), label: String(x), ...differenceIn(part, figures) };
    }),
  }));
  const all = found.flatMap(({ points }) => points);
  const places = all.map((point) => point.x);
  const x = linearScale([Math.min(...places) - 0.3, Math.max(...places) + 0.3], [left, width - right]);
  const y = linearScale(spanOf(all), [bottom, top]);
  const format = formatOf(part.measures[0]!);
  const labels = new Map(all.map((point) => [point.label, point.x]));
  return svg({ width, height, title: `${part.title}: ${axisTitle(part)}` }, [
    text(left - 60, top - 12, axisTitle(part), "start"),
    ...y.ticks.flatMap((tick): Mark[] => [
      line(left, y.place(tick), width - right, y.place(tick), tick === 0 ? grey : "#dddddd"),
      text(left - 8, y.place(tick) + 4, format.difference(tick), "end"),
    ]),
    ...[...labels].map(([label, place]) => text(x.place(place), bottom + 20, label, "middle")),
    text((left + width - right) / 2, bottom + 44, by, "middle"),
    ...found.flatMap(({ name, points }, series): Mark[] => {
      const colour = colours[series % colours.length]!;
      // Lines stand a little beside each other, so that intervals do not hide one another.
      const beside = (series - (found.length - 1) / 2) * 8;
      const at = points.map((point) => ({
        ...point,
        px: x.place(point.x) + beside,
        py: y.place(point.mean),
      }));
      return [
        ...at
          .slice(1)
          .map((point, before) => line(at[before]!.px, at[before]!.py, point.px, point.py, colour)),
        ...at.flatMap((point): Mark[] => [
          line(point.px, y.place(point.low), point.px, y.place(point.high), colour, 2),
          { kind: "circle", x: point.px, y: point.py, radius: 4, colour },
        ]),
        text(width - right + 12, (at.at(-1)?.py ?? top) + 4, name, "start", colour),
      ];
    }),
  ]);
}

/** All intervals and 0, with some air. */
function spanOf(
  intervals: readonly { readonly low: number; readonly high: number }[],
): readonly [number, number] {
  const ends = [0, ...intervals.flatMap(({ low, high }) => [low, high])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const air = 0.05 * (high - low) || 0.01;
  return [low - air, high + air];
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string, thickness = 1): Mark {
  return { kind: "line", x1, y1, x2, y2, colour, thickness };
}

function text(
  x: number,
  y: number,
  content: string,
  anchor: "start" | "middle" | "end",
  colour = "#222222",
): Mark {
  return { kind: "text", x, y, content, anchor, colour };
}
