import { afterEach, describe, expect, test, vi } from "vitest";
import {
  asSentence,
  formatBytes,
  formatCount,
  formatDay,
  formatDayHere,
  formatInterval,
  formatMinuteHere,
  formatPercent,
  formatPlural,
  formatProgress,
  formatRange,
  formatSeconds,
  formatSecondsRoughly,
  formatSigned,
} from "../../src/words/format.ts";
import { untranslated } from "../../src/words/translate.ts";

describe("Figures are written for people", () => {
  test.each<[string, (value: number) => string, Readonly<Record<string, string>>]>([
    ["counts", formatCount, { 1234567: "1,234,567", 12345.4: "12,345" }],
    ["things", (count) => formatPlural(count, "tag"), { 0: "0 tags", 1: "1 tag", 1200: "1,200 tags" }],
    ["shares", (share) => formatPercent(share), { 0.876: "88 %", 0.005: "1 %", 0: "0 %" }],
    ["shares with a digit", (share) => formatPercent(share, 1), { 0.8764: "87.6 %", 1: "100.0 %" }],
    ["progress, done at its end alone", formatProgress, { 0.999: "99 %", 1: "100 %" }],
    [
      "differences",
      (value) => formatSigned(value),
      { 0.421: "+0.42", "-0.4": "−0.40", 0.001: "0.00", "-0.001": "0.00", 0: "0.00" },
    ],
    ["differences with a digit", (value) => formatSigned(value, 1), { 0.06: "+0.1", 0.04: "0.0" }],
    [
      "bytes",
      formatBytes,
      {
        0: "0 B",
        999: "999 B",
        1000: "1.0 kB",
        36100: "36.1 kB",
        99940: "99.9 kB",
        // What is rounded up to a thousand is one of the next unit, and no digit shows that is not known.
        99960: "100 kB",
        999499: "999 kB",
        999500: "1.0 MB",
        999999: "1.0 MB",
        23300000: "23.3 MB",
        1200000000: "1.2 GB",
        2300000000000: "2300 GB",
      },
    ],
    [
      "seconds",
      formatSeconds,
      {
        9.94: "9.9 s",
        9.96: "10 s",
        59.4: "59 s",
        59.6: "1 min 00 s",
        65: "1 min 05 s",
        3599.6: "1 h 00 min",
        7385: "2 h 03 min",
      },
    ],
    [
      "time that is left, no more exact than an estimate",
      (seconds) => formatSecondsRoughly(seconds, untranslated),
      { 3: "less than a minute", 59: "less than a minute", 61: "1 min", 340: "6 min", 5400: "1.5 h" },
    ],
  ])("%s.", (_, format, expected) => {
    const given = Object.keys(expected);
    expect(Object.fromEntries(given.map((value) => [value, format(Number(value))]))).toEqual(expected);
  });

  test("ranges and intervals.", () => {
    const interval = { mean: 0.04, low: -0.012, high: 0.0701 };
    expect(formatRange(interval)).toBe("−0.01 to +0.07");
    expect(formatRange(interval, 3)).toBe("−0.012 to +0.070");
    expect(formatInterval(interval, (value) => formatSigned(100 * value, 1))).toBe("+4.0 [−1.2, +7.0]");
  });
});

describe("Days", () => {
  const nearMidnight = Date.UTC(2024, 4, 31, 23, 30);
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    ["Asia/Tokyo", "2024-06-01", "2024-06-01 08:30"],
    ["America/Los_Angeles", "2024-05-31", "2024-05-31 16:30"],
  ])(
    "in %s: a document's is as it is dated, that of work as the clock there has it.",
    (zone, day, minute) => {
      vi.stubEnv("TZ", zone);
      expect(formatDay(nearMidnight)).toBe("2024-05-31");
      expect(formatDay(Date.UTC(2024, 4, 31))).toBe("2024-05-31");
      expect(formatDayHere(nearMidnight)).toBe(day);
      expect(formatMinuteHere(nearMidnight)).toBe(minute);
    },
  );
});

describe("A reason", () => {
  test("is a sentence with a capital and one full stop, whether it was one or not", () => {
    expect(asSentence("no writer has been learned")).toBe("No writer has been learned.");
    expect(asSentence("By 3 answers it is 60 % sure.")).toBe("By 3 answers it is 60 % sure.");
  });
});
