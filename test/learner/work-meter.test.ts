import { expect, test } from "vitest";
import { WorkMeter } from "../../src/learner/work-meter.ts";

function meterAt(): { readonly meter: WorkMeter; readonly wait: (seconds: number) => void } {
  let nowMs = 0;
  const meter = new WorkMeter(() => nowMs);
  const wait = (seconds: number) => {
    nowMs += 1000 * seconds;
  };
  return { meter, wait };
}

test("The time left follows from the measured speed.", () => {
  const { meter, wait } = meterAt();
  meter.plan(100);
  expect(meter.secondsLeft).toBeUndefined();
  wait(10);
  meter.add(25);
  expect(meter.fraction).toBe(0.25);
  expect(meter.secondsLeft).toBe(30);
});

test("Work of an earlier process counts as done, not as speed.", () => {
  const { meter, wait } = meterAt();
  meter.plan(100);
  meter.skip(50);
  wait(10);
  meter.add(10);
  expect(meter.fraction).toBe(0.6);
  expect(meter.secondsLeft).toBe(40);
});

test("What was planned and not needed is done at the end, and is no measure of speed.", () => {
  const { meter, wait } = meterAt();
  meter.plan(100);
  wait(10);
  meter.add(20);
  meter.finish();
  expect(meter.fraction).toBe(1);
  expect(meter.secondsLeft).toBe(0);
  meter.plan(100);
  meter.add(120);
  meter.finish();
  expect(meter.fraction).toBe(1);
});

test("The share never exceeds 1, and nothing planned is nothing done.", () => {
  const { meter } = meterAt();
  expect(meter.fraction).toBe(0);
  meter.plan(10);
  meter.add(20);
  expect(meter.fraction).toBe(1);
  expect(meter.secondsLeft).toBe(0);
});
