import { beforeEach, describe, expect, it } from "vitest";
import { LearningStopped } from "../../src/learner/errors.ts";
import { Pace } from "../../src/learner/pace.ts";
import type { PowerSource } from "../../src/learner/power-source.ts";
import { Waiting } from "../../src/learner/waiting.ts";
import type { FromLearner } from "../../src/protocol/learner.ts";

describe("Learning on battery and by the clock", () => {
  let nowMs: number;
  let power: PowerSource;
  let asked: number;
  let told: FromLearner[];
  beforeEach(() => {
    [nowMs, power, asked, told] = [0, "battery", 0, []];
  });

  const waiting = (onBattery: "pause" | "go on" | undefined, schedule?: string) =>
    new Waiting({
      wish: { onBattery, schedule },
      powerSource: async () => {
        asked++;
        return power;
      },
      emit: (message) => told.push(message),
      clock: () => nowMs,
    });
  const begins = { kind: "waiting", wait: { for: "mains" } };
  const ends = { kind: "waiting", wait: undefined };

  it("waits for mains power, asks every half minute, and says once when it begins and ends.", async () => {
    const learning = waiting("pause");
    expect(await learning.isWanted()).toBe(true);
    nowMs = 29_999;
    power = "mains";
    expect([await learning.isWanted(), asked]).toEqual([true, 1]);
    nowMs = 30_000;
    expect([await learning.isWanted(), asked]).toEqual([false, 2]);
    nowMs = 60_000;
    expect(await learning.isWanted()).toBe(false);
    expect(told).toEqual([begins, ends]);
  });

  it.each([
    ["pause", "mains"],
    ["pause", "unknown"],
    ["go on", "battery"],
    [undefined, "battery"],
  ] as const)("goes on where the wish is %s and the power %s.", async (onBattery, source) => {
    power = source;
    expect(await waiting(onBattery).isWanted()).toBe(false);
    expect(told).toEqual([]);
  });

  it("goes on at once when the setting is changed, and waits at once when it is changed back.", async () => {
    const learning = waiting("pause");
    expect(await learning.isWanted()).toBe(true);
    learning.follow({ onBattery: "go on" });
    expect(await learning.isWanted()).toBe(false);
    learning.follow({ onBattery: "pause" });
    expect(await learning.isWanted()).toBe(true);
    expect(told).toEqual([begins, ends, begins]);
  });

  it("waits for the hours that were chosen, says until when, and then looks at the power.", async () => {
    nowMs = new Date(2026, 0, 5, 21, 59, 50).getTime();
    const untilMs = new Date(2026, 0, 5, 22, 0).getTime();
    const learning = waiting("pause", "22:00-06:00");
    expect([await learning.isWanted(), asked]).toEqual([true, 0]);
    nowMs += 30_000;
    expect(await learning.isWanted()).toBe(true);
    learning.follow({ onBattery: "go on", schedule: "22:00-06:00" });
    expect(await learning.isWanted()).toBe(false);
    expect(told).toEqual([{ kind: "waiting", wait: { for: "hours", untilMs } }, begins, ends]);
  });

  it("stands still alive, can be stopped meanwhile, and counts none of the time as work.", async () => {
    let beats = 0;
    const pace = new Pace({
      cpuPercent: 100,
      tokensPerRun: 512,
      // Each sign of life comes a minute after the one before.
      beat: () => {
        beats++;
        nowMs += 60_000;
        if (beats === 4) power = "mains";
      },
      clock: () => nowMs,
      waiting: waiting("pause"),
    });
    await pace.breathe();
    expect(told).toEqual([begins, ends]);
    expect(beats).toBe(4);
    expect(pace.workClock()).toBe(60_000);

    power = "battery";
    nowMs += 60_000;
    const standing = pace.breathe();
    pace.stop("pause", "paused");
    await expect(standing).rejects.toEqual(new LearningStopped("pause", "paused"));
  });
});
