import { describe, expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

describe("Pictures by their names", () => {
  it("are left out", () => {
    const source = "We did it. :tada::+1:\n\n- :material-bug: It rains. :100:";
    expect(readingOf(source)).toEqual(["We did it.", "It rains."]);
    expect(partsOf(source, "image")).toEqual([":tada::+1:", ":material-bug:", ":100:"]);
  });

  it.each([
    ["times of day", "It was 10:30: late, and 11:15: later."],
    ["names in a program", "She likes std:sort:fast and :a more."],
  ])("are none in %s", (_what, source) => {
    expect(partsOf(source, "image")).toEqual([]);
  });
});
