import { expect, test } from "vitest";
import { learningHoursBegin } from "../../src/protocol/learning-hours.ts";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 0, day, hour, minute).getTime();

test.each([
  ["always", at(5, 12), undefined],
  ["09:00-17:00", at(5, 8, 59), at(5, 9)],
  ["09:00-17:00", at(5, 9), undefined],
  ["09:00-17:00", at(5, 16, 59), undefined],
  ["09:00-17:00", at(5, 17), at(6, 9)],
  ["22:00-06:00", at(5, 21, 59), at(5, 22)],
  ["22:00-06:00", at(5, 23), undefined],
  ["22:00-06:00", at(6, 5, 59), undefined],
  ["22:00-06:00", at(6, 6), at(6, 22)],
  ["9:30-9:30", at(5, 3), undefined],
  ["22:30-00:00", at(31, 0), at(31, 22, 30)],
  ["06:00-07:00", at(31, 7), new Date(2026, 1, 1, 6).getTime()],
] as const)("By %s learning at %i begins at %s.", (schedule, nowMs, expected) => {
  expect(learningHoursBegin(schedule, nowMs)).toBe(expected);
});
