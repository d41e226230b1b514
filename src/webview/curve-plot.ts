import type { ReportBlock } from "../protocol/pages.ts";
import { svg } from "./element.ts";
import { pageNumber } from "./page-number.ts";
import { linearScale, linePath, type Scale, ticks } from "./scale.ts";

type Curve = ReportBlock & { readonly kind: "curve" };

const [width, height] = [640, 220] as const;
const margin = { top: 12, right: 140, bottom: 36, left: 48 } as const;

/** Curves over a common axis, each named at its end. */
export function curvePlot({ caption, across: acrossName, series }: Curve): SVGSVGElement {
  const points = series.flatMap((one) => one.points);
  const [lowX, highX] = extent(points.map(([x]) => x));
  const [lowY, highY] = extent(points.map(([, y]) => y));
  const across = linearScale([lowX, highX], [margin.left, width - margin.right]);
  const up = linearScale([lowY, highY], [height - margin.bottom, margin.top]);
  return svg(
    "svg",
    { class: "curve-plot", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": caption },
    ...rules(ticks(lowY, highY, 4), up),
    // Rounds are counted in whole numbers.
    ...ticks(lowX, highX, 6)
      .filter(Number.isInteger)
      .map((value) =>
        svg(
          "text",
          { x: across(value), y: height - margin.bottom + 16, "text-anchor": "middle" },
          pageNumber(value, 0),
        ),
      ),
    svg("text", { x: margin.left, y: height - 4 }, acrossName),
    ...series.flatMap((one, at) => curve(one, at, across, up)),
  );
}

/** Lines across, with their values written to the same number of digits. */
function rules(values: readonly number[], up: Scale): readonly SVGElement[] {
  const digits = Math.max(0, ...values.map((value) => String(value).split(".")[1]?.length ?? 0));
  return values.flatMap((value) => [
    svg("line", { class: "grid", x1: margin.left, x2: width - margin.right, y1: up(value), y2: up(value) }),
    svg("text", { x: margin.left - 8, y: up(value) + 4, "text-anchor": "end" }, pageNumber(value, digits)),
  ]);
}

function curve(
  { name, points }: Curve["series"][number],
  at: number,
  across: Scale,
  up: Scale,
): readonly SVGElement[] {
  const last = points.at(-1);
  return [
    svg("path", { class: `curve-${at}`, d: linePath(points.map(([x, y]) => [across(x), up(y)])) }),
    ...(last === undefined ? [] : [svg("text", { x: across(last[0]) + 8, y: up(last[1]) + 4 }, name)]),
  ];
}

function extent(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
