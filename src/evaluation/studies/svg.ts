/** What a picture is made of; lengths in pixels. */
export type Mark =
  | {
      readonly kind: "line";
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly colour: string;
      readonly thickness: number;
    }
  | {
      readonly kind: "circle";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly colour: string;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly content: string;
      readonly anchor: "start" | "middle" | "end";
      readonly colour: string;
    };

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Read out in place of the picture. */
  readonly title: string;
}

/** A picture on white, so that it can be read on light and dark pages. */
export function svg({ width, height, title }: Picture, marks: readonly Mark[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...marks.map(element),
    "</svg>",
    "",
  ].join("\n");
}

function element(mark: Mark): string {
  switch (mark.kind) {
    case "line":
      return (
        `<line x1="${short(mark.x1)}" y1="${short(mark.y1)}" x2="${short(mark.x2)}" y2="${short(mark.y2)}" ` +
        `stroke="${mark.colour}" stroke-width="${mark.thickness}"/>`
      );
    case "circle":
      return `<circle cx="${short(mark.x)}" cy="${short(mark.y)}" r="${mark.radius}" fill="${mark.colour}"/>`;
    case "text":
      return (
        `<text x="${short(mark.x)}" y="${short(mark.y)}" text-anchor="${mark.anchor}" fill="${mark.colour}">` +
        `${escaped(mark.content)}</text>`
      );
    default:
      return mark satisfies never;
  }
}

const short = (length: number): string => String(Math.round(10 * length) / 10);

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Numbers to places, with round numbers for an axis. */
export interface LinearScale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** About this many ticks. */
const wantedTicks = 6;

export function linearScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): LinearScale {
  const raw = (high - low) / wantedTicks;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return {
    place: (value) => from + ((value - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: count }, (_, at) => (first + at) * step),
  };
}
