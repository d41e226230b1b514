import type { DatedPoint, StripsBlock, TimelineBlock } from "../protocol/pages.ts";
import { svg } from "./element.ts";
import { linearScale, linePath, type Scale } from "./scale.ts";

const width = 860;
const [left, right, bottom] = [120, 12, 28] as const;
const timelineHeight = 220;
const stripHeight = 24;
/** Documents that the course goes through together. */
const courseSpan = 7;
/** So that a single sentence does not look like a storm. */
const leastReach = 0.2;
const yearMs = 365.25 * 24 * 60 * 60 * 1000;
/** More dates than these do not fit beside one another. */
const mostMarks = 9;

/** What a click on a document does. */
type Open = (path: string) => void;

/** Documents as points, by what they read and when they were written, with the course that they take. */
export function timelinePlot(
  { caption, top, bottom: low, points }: TimelineBlock,
  open: Open,
): SVGSVGElement {
  const across = timeScale(points);
  // Both sides reach as far as the strongest document does.
  const most = Math.max(leastReach, ...points.map(({ valence }) => Math.abs(valence)));
  const up = linearScale([-most, most], [timelineHeight - bottom - 8, 12]);
  const course = points.map((_, at): readonly [number, number] => [
    across(points[at]!.atMs),
    up(mean(points.slice(Math.max(0, at - courseSpan + 1), at + 1).map(({ valence }) => valence))),
  ]);
  return plot(caption, timelineHeight, [
    svg("line", { class: "grid", x1: left, x2: width - right, y1: up(0), y2: up(0) }),
    svg("text", { x: 0, y: up(most) + 8 }, top),
    svg("text", { x: 0, y: up(-most) }, low),
    ...timeMarks(points, across, timelineHeight),
    svg("path", { class: "course", d: linePath(course) }),
    ...points.map((point) => pointElement(point, across(point.atMs), up(point.valence), open)),
  ]);
}

/** A line for each name, with a point for each of its documents. */
export function stripsPlot({ caption, rows }: StripsBlock, open: Open): SVGSVGElement {
  const all = rows.flatMap(({ points }) => points);
  const across = timeScale(all);
  const height = rows.length * stripHeight + bottom + 8;
  const strips = rows.flatMap(({ name, points }, at) => {
    const y = 12 + at * stripHeight;
    return [
      svg("text", { x: 0, y: y + 4 }, shortened(name)),
      svg("line", { class: "grid", x1: left, x2: width - right, y1: y, y2: y }),
      ...points.map((point) => pointElement(point, across(point.atMs), y, open)),
    ];
  });
  return plot(caption, height, [...strips, ...timeMarks(all, across, height)]);
}

function plot(label: string, height: number, children: readonly SVGElement[]): SVGSVGElement {
  const attributes = { class: "timeline-plot", viewBox: `0 0 ${width} ${height}`, role: "img" };
  return svg("svg", { ...attributes, "aria-label": label }, ...children);
}

function pointElement({ text, path }: DatedPoint, x: number, y: number, open: Open): SVGElement {
  const point = svg("circle", { class: "point", cx: x, cy: y, r: 5 }, svg("title", {}, text));
  point.addEventListener("click", () => open(path));
  return point;
}

/** Years at their beginnings, or where all lies within one the first and last day. */
function timeMarks(points: readonly DatedPoint[], across: Scale, height: number): readonly SVGElement[] {
  const [first, last] = extent(points);
  const [from, to] = [new Date(first).getUTCFullYear(), new Date(last).getUTCFullYear()];
  const step = Math.max(1, Math.ceil((to - from) / mostMarks));
  const years = Array.from({ length: to - from }, (_, at) => from + 1 + at).filter(
    (_, at) => at % step === 0,
  );
  const marks =
    years.length > 0
      ? years.map((year) => ({ atMs: Date.UTC(year, 0, 1), text: String(year) }))
      : [first, last].map((atMs) => ({ atMs, text: new Date(atMs).toISOString().slice(0, 10) }));
  return marks.map(({ atMs, text }) =>
    svg("text", { x: across(atMs), y: height - 8, "text-anchor": "middle" }, text),
  );
}

function timeScale(points: readonly DatedPoint[]): Scale {
  const [first, last] = extent(points);
  return linearScale([first, Math.max(last, first + yearMs / 365)], [left, width - right - 16]);
}

function extent(points: readonly DatedPoint[]): readonly [number, number] {
  const times = points.map(({ atMs }) => atMs);
  return [Math.min(...times), Math.max(...times)];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What fits beside the plot. */
const shortened = (name: string): string => (name.length <= 18 ? name : `${name.slice(0, 17)}…`);
