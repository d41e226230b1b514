import { z } from "zod";

/** Steps between two measures on the way. */
export const measuredEvery = 250;

/** What was measured after a step: `step` and the figures of `quickMeasure` by their names. */
export type CurvePoint = Readonly<Record<string, number>> & { readonly step: number };

const point = z.looseObject({ step: z.int().positive() }).catchall(z.number());

/**
 * The measures on the way from what a build printed, in order of their steps: every 250 steps, and the
 * last one.
 *
 * A log may tell of several runs. A build that resumed goes on from its checkpoint, so what was measured
 * behind it belongs to steps that were lost; a build that started anew counts alone. Of several measures
 * of a step the last one counts. Lines that were cut short are passed over.
 *
 * @param lastStep what was measured later is not part of it, either: the step that was exported
 */
export function readLearningCurve(log: string, lastStep = Number.POSITIVE_INFINITY): readonly CurvePoint[] {
  const points = new Map<number, CurvePoint>();
  for (const line of log.split("\n")) {
    const keptUntil = line === "Starting" ? 0 : Number(/^Resuming after step (\d+)$/.exec(line)?.[1]);
    if (Number.isFinite(keptUntil)) {
      for (const step of points.keys()) {
        if (step > keptUntil) points.delete(step);
      }
    }
    const measured = parsePoint(line);
    if (measured !== undefined && measured.step <= lastStep) points.set(measured.step, measured);
  }
  const ordered = [...points.values()].sort((a, b) => a.step - b.step);
  return ordered.filter(({ step }, at) => step % measuredEvery === 0 || at === ordered.length - 1);
}

function parsePoint(line: string): CurvePoint | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return point.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
