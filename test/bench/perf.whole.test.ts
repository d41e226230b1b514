import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { needs } from "../prerequisite.ts";

needs("base");

test("No figure of the build is half as large again as its budget.", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bench/perf/run.ts", "--short"], {
    encoding: "utf8",
  });
  expect(stderr.replaceAll(/.*ExperimentalWarning.*\n.*\n/g, "")).toBe("");
  // What was measured tells more than a number.
  expect(status === 0 ? "" : stdout).toBe("");
});
