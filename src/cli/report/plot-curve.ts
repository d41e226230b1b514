import type { ProfileReport } from "../../profile/report.ts";

type Point = ProfileReport["curves"]["masking"][number];

const widestBar = 40;

/** A learning curve as bars, one line an epoch. Bars begin a little below the lowest loss, so that steps show. */
export function plotCurve(points: readonly Point[]): string {
  const losses = points.flatMap(({ heldOut }) => heldOut?.loss ?? []);
  if (losses.length === 0) {
    return points
      .map(({ epoch, trainLoss }) => `  epoch ${epoch}  training ${trainLoss?.toFixed(3) ?? "–"}`)
      .join("\n");
  }
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const floor = low - 0.25 * (high - low || 1);
  return points
    .map(({ epoch, heldOut, trainLoss }) => {
      const loss = heldOut?.loss ?? low;
      const bar = "█".repeat(Math.max(1, Math.round((widestBar * (loss - floor)) / (high - floor || 1))));
      const training = trainLoss === undefined ? "" : `  training ${trainLoss.toFixed(3)}`;
      const mark = loss === low ? "  kept" : "";
      return `  epoch ${epoch}  ${loss.toFixed(3)}  ${bar.padEnd(widestBar)}${training}${mark}`;
    })
    .join("\n");
}
