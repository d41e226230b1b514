import { type Tuning, zeroValue } from "../../prompts/tuning.ts";

/**
 * A bias for each writer on what the head gives: a shift of the latent valence (width 1) or of every
 * class's logit. The plainest personal model, and the control that others are compared with. Value:
 * `shift`, [width].
 */
export function shiftTuning(width: number): Tuning {
  return {
    method: "writer's bias",
    values: [zeroValue({ name: "shift", shape: [width], group: "shift", owner: "writer" })],
    mixesWriters: true,
    enter: ({ weights, value, strengthen }) => ({
      weights,
      additions: {},
      shift: strengthen(value("shift")),
    }),
  };
}
