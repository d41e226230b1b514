import { describe, expect, it } from "vitest";
import { readLearningCurve } from "../../scripts/model/learning-curve.ts";

const measured = (step: number, loss: number): string => JSON.stringify({ step, "wikipedia loss": loss });
const curveOf = (lines: readonly string[], lastStep?: number) =>
  readLearningCurve(lines.join("\n"), lastStep).map((point) => [point.step, point["wikipedia loss"]]);

describe("readLearningCurve", () => {
  it("reads the measures between the other lines of a log", () => {
    const lines = [
      "Reading the sets",
      "Starting",
      "step 10 mlm 7.4",
      measured(500, 4.8),
      measured(1000, 4.5),
    ];
    expect(curveOf(lines)).toEqual([
      [500, 4.8],
      [1000, 4.5],
    ]);
  });

  it("takes the last measure of a step that was measured twice", () => {
    const lines = ["Starting", measured(500, 4.8), "Resuming after step 400", "step 410", measured(500, 4.7)];
    expect(curveOf(lines)).toEqual([[500, 4.7]]);
  });

  it("forgets measures of steps that were lost, and keeps those before the checkpoint", () => {
    const lines = [
      "Starting",
      measured(500, 4.8),
      measured(1000, 4.5),
      "Resuming after step 900",
      "step 910",
    ];
    expect(curveOf(lines)).toEqual([[500, 4.8]]);
  });

  it("keeps the measure of the very step that a build resumes after", () => {
    expect(curveOf(["Starting", measured(500, 4.8), "Resuming after step 500"])).toEqual([[500, 4.8]]);
  });

  it("forgets an earlier build in the same folder", () => {
    const lines = ["Starting", measured(500, 4.8), measured(1000, 4.5), "Starting", measured(500, 4.6)];
    expect(curveOf(lines)).toEqual([[500, 4.6]]);
  });

  it("shows every 500 steps and the end, not where an earlier run had ended", () => {
    const lines = ["Starting", measured(500, 5), measured(600, 4.9), "Resuming after step 600"];
    const end = [measured(1000, 4.5), measured(1100, 4.4)];
    expect(curveOf([...lines, ...end])).toEqual([
      [500, 5],
      [1000, 4.5],
      [1100, 4.4],
    ]);
    expect(curveOf(lines)).toEqual([
      [500, 5],
      [600, 4.9],
    ]);
  });

  it("ends with the step that was exported", () => {
    expect(curveOf(["Starting", measured(500, 5), measured(1000, 4.5)], 700)).toEqual([[500, 5]]);
  });

  it("passes over lines that were cut short or tell something else", () => {
    const lines = ["Starting", '{"step":500,"wikipedia lo', '{"note":"none"}', measured(500, 5)];
    expect(curveOf(lines)).toEqual([[500, 5]]);
  });

  it("is empty for a log without measures", () => {
    expect(curveOf([""])).toEqual([]);
  });
});
