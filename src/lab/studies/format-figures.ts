import type { Interval } from "../../numbers/intervals.ts";
import type { Measure } from "./study.ts";

/** As reports tell figures: shares in percent, differences of shares in points, losses in nats. */
export interface FigureFormat {
  readonly unit: string;
  readonly figure: (value: number) => string;
  readonly difference: (value: number) => string;
}

export function formatOf({ unit }: Measure): FigureFormat {
  switch (unit) {
    case "share":
      return {
        unit: "points",
        figure: (value) => `${(100 * value).toFixed(1)} %`,
        difference: (value) => signed(100 * value, 1),
      };
    case "nats":
      return { unit: "nats", figure: (value) => value.toFixed(3), difference: (value) => signed(value, 3) };
    default:
      return unit satisfies never;
  }
}

/** +1.3 [0.2, 2.3] */
export function formatInterval({ mean, low, high }: Interval, { difference }: FigureFormat): string {
  return `${difference(mean)} [${difference(low)}, ${difference(high)}]`;
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return `${Number(text) === 0 ? "" : value < 0 ? "−" : "+"}${text}`;
}
