import { expect, test } from "vitest";
import { RestartLimit } from "../../../src/editor/client/restart-limit.ts";

const minuteMs = 60_000;

/** Answers to an end of the server at each of these times. */
function answersAt(...timesMs: readonly number[]): readonly boolean[] {
  let nowMs = 0;
  const limit = new RestartLimit(() => nowMs);
  return timesMs.map((timeMs) => {
    nowMs = timeMs;
    return limit.allowsAnother();
  });
}

test("A server that ends five times in three minutes is not started again.", () => {
  expect(answersAt(0, 1, 2, 3, 4)).toEqual([true, true, true, true, false]);
});

test("A server that ends now and then is started again, however often.", () => {
  const times = Array.from({ length: 50 }, (_, at) => at * minuteMs);
  expect(answersAt(...times).every(Boolean)).toBe(true);
});

test("Ends of before a restart by the user do not count.", () => {
  const limit = new RestartLimit(() => 0);
  const before = Array.from({ length: 5 }, () => limit.allowsAnother());
  limit.forget();
  expect([before.at(-1), limit.allowsAnother()]).toEqual([false, true]);
});
