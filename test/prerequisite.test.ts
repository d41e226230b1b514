import { afterEach, expect, test, vi } from "vitest";
import { needs, withoutShared } from "./prerequisite.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("What is there is not missing and leaves the name of a test as it is.", () => {
  expect(needs("base", "config.json")).toEqual({ isMissing: false, note: "" });
});

test("Missing shared data are named, in CI too.", () => {
  for (const ci of ["", "true"]) {
    vi.stubEnv("CI", ci);
    const { isMissing, note } = needs("shared", "no such corpus");
    expect(isMissing).toBe(true);
    expect(note).toContain(withoutShared);
    expect(note).toContain("no such corpus");
  }
});

test("A missing base is told in the name, and is an error in CI.", () => {
  vi.stubEnv("CI", "");
  expect(needs("base", "lost.bin").note).toBe(" [without models/idiolect-base/lost.bin]");
  vi.stubEnv("CI", "true");
  expect(() => needs("base", "lost.bin")).toThrow("needs models/idiolect-base/lost.bin");
});
