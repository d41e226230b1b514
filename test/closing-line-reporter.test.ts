import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { closingLine, countOutcomes, unexcusedSkips } from "./closing-line-reporter.ts";
import { withoutShared } from "./prerequisite.ts";

const repository = join(import.meta.dirname, "..");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true });
  }
});

/** Runs vitest with the reporter on one test file. */
function runTests(text: string, environment: Readonly<Record<string, string>>) {
  // Inside the repository, so that `vitest` is found.
  mkdirSync(join(repository, "build"), { recursive: true });
  const root = mkdtempSync(join(repository, "build", "closing-line-"));
  folders.push(root);
  writeFileSync(
    join(root, "vitest.config.ts"),
    `import { ClosingLineReporter } from "../../test/closing-line-reporter.ts";
    const line = new ClosingLineReporter(process.env["CI"] === "true", (text) => process.stdout.write(text + "\\n"));
    export default { test: { reporters: ["default", line] } };`,
  );
  writeFileSync(join(root, "a.test.ts"), `import { expect, test } from "vitest";\n${text}`);
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(repository, "node_modules/vitest/vitest.mjs"), "run", "--root", root],
    { encoding: "utf8", env: { ...process.env, CI: "", NO_COLOR: "1", ...environment } },
  );
  return { lastLine: stdout.trimEnd().split("\n").at(-1), stdout, status };
}

test("The closing line names skipped tests only where there are some.", () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(closingLine({ passed: 1, failed: 2, skipped: 3 })).toBe("1 passed, 2 failed, 3 skipped");
});

test("A failure outside of tests and a test that was cut off count as failed.", () => {
  const tests = [
    { fullName: "a", state: "passed" },
    { fullName: "b", state: "pending" },
  ] as const;
  expect(countOutcomes(tests, 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test("Only a skip for want of shared data is excused.", () => {
  const skipped = [`reads blogs ${withoutShared}/corpora]`, "is slow"];
  expect(unexcusedSkips(skipped.map((fullName) => ({ fullName, state: "skipped" })))).toEqual(["is slow"]);
});

test("A run ends with the closing line, and a skipped test fails it in CI.", () => {
  const text = 'test("passes", () => expect(1).toBe(1));\ntest.skip("rests", () => undefined);';
  const anywhere = runTests(text, {});
  expect(anywhere.lastLine).toBe("1 passed, 0 failed, 1 skipped");
  expect(anywhere.status).toBe(0);
  const ci = runTests(text, { CI: "true" });
  expect(ci.stdout).toContain("its name does not say what CI excuses");
  expect(ci.lastLine).toBe("1 passed, 1 failed");
  expect(ci.status).toBe(1);
});

test("A file that does not load counts as failed.", () => {
  const { lastLine, status } = runTests('throw new Error("broken");', {});
  expect(lastLine).toBe("0 passed, 1 failed");
  expect(status).toBe(1);
});
