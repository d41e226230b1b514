import { expect, test } from "vitest";
import { problemReport } from "../../../src/editor/problem/problem-report.ts";
import type { SettingName } from "../../../src/protocol/settings.ts";

const diagnosis = {
  node: "24.1.0",
  platform: "linux x64",
  canLearn: true,
  baseModel: "0123456789ab",
  writers: 1,
  documents: 57,
  lessons: 12,
  profileVersions: 2,
  storeBytes: 1_500_000,
};
const written: Partial<Record<SettingName, unknown>> = {
  author: "Zzname",
  storePath: "/home/zzname/store",
  "tags.closedList": ["zztag", "zzother"],
  "tone.hover": "all",
  "tone.strength": 0.5,
  "tags.completion": true,
  "corpus.exclude": [],
};
const report = problemReport({
  versions: [["Idiolect", "0.1.0"]],
  diagnosis,
  states: [["learning", "idle"]],
  read: (name) => written[name],
  log: { lines: ["2026-11-30 18:31:03.123 [info] Erased"], leftOut: 3 },
});

test("A report of a problem has versions, state, what is kept in counts, and the log.", () => {
  for (const line of [
    "Idiolect: 0.1.0",
    "platform: linux x64",
    "documents: 57",
    "learning: idle",
    "kept: 1.5 MB",
  ]) {
    expect(report.split("\n")).toContain(line);
  }
  expect(report).toContain(
    "Lines left out, as they may hold text or names: 3\n2026-11-30 18:31:03.123 [info] Erased",
  );
});

test("It says which settings differ, and of names, paths and lists only that they are set.", () => {
  expect(report).not.toMatch(/zz/i);
  const settings = report
    .split("## Settings that differ from the default\n\n")[1]!
    .split("\n\n")[0]!
    .split("\n");
  expect(settings.toSorted()).toEqual([
    "author: set",
    "storePath: set",
    "tags.closedList: set (2)",
    "tone.hover: all",
    "tone.strength: 0.5",
  ]);
});

test("It is made where the server does not answer, too.", () => {
  const without = problemReport({
    versions: [],
    diagnosis: undefined,
    states: [["server", "gone"]],
    read: () => undefined,
    log: { lines: [], leftOut: 0 },
  });
  expect(without).toContain("server: gone");
  expect(without).toContain("## Settings that differ from the default\n\nnone");
});
