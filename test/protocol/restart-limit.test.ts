import { expect, test } from "vitest";
import { RestartLimit, restartLimits } from "../../src/protocol/restart-limit.ts";

const minuteMs = 60_000;

/** Answers to an end at each of these times. */
function answersAt(limit: keyof typeof restartLimits, ...timesMs: readonly number[]): readonly boolean[] {
  let nowMs = 0;
  const counted = new RestartLimit(restartLimits[limit], () => nowMs);
  return timesMs.map((timeMs) => {
    nowMs = timeMs;
    return counted.allowsAnother();
  });
}

test("A server that ends five times in three minutes is not started again.", () => {
  expect(answersAt("server", 0, 1, 2, 3, 4)).toEqual([true, true, true, true, false]);
});

test("A server that ends now and then is started again, however often.", () => {
  const times = Array.from({ length: 50 }, (_, at) => at * minuteMs);
  expect(answersAt("server", ...times).every(Boolean)).toBe(true);
});

test("Ends of before a restart by the user do not count.", () => {
  const limit = new RestartLimit(restartLimits.server, () => 0);
  const before = Array.from({ length: 5 }, () => limit.allowsAnother());
  limit.forget();
  expect([before.at(-1), limit.allowsAnother()]).toEqual([false, true]);
});

test("A learner is started again three times within ten minutes, and once more after them.", () => {
  const times = [1, 2, 3, 4, 14].map((minutes) => minutes * minuteMs);
  expect(answersAt("learner", ...times)).toEqual([true, true, true, false, true]);
});
