import { expect, test } from "vitest";
import { RestartLimit } from "../../../src/server/learning/learning-restarts.ts";

test("A learner is started again three times within ten minutes, and once more after them.", () => {
  let nowMs = 0;
  const limit = new RestartLimit(() => nowMs);
  const answers = Array.from({ length: 4 }, () => {
    nowMs += 60_000;
    return limit.allowsOneMore();
  });
  expect(answers).toEqual([true, true, true, false]);
  nowMs += 10 * 60_000;
  expect(limit.allowsOneMore()).toBe(true);
});
