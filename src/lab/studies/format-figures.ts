import { formatPercent, formatSigned } from "../../words/format.ts";
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
        figure: (value) => formatPercent(value, 1),
        difference: (value) => formatSigned(100 * value, 1),
      };
    case "nats":
      return {
        unit: "nats",
        figure: (value) => value.toFixed(3),
        difference: (value) => formatSigned(value, 3),
      };
    default:
      return unit satisfies never;
  }
}
