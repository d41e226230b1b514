import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { activationTests } from "./activation.ts";
import type { HostTest } from "./host-report.ts";
import { notebookTests } from "./notebooks.ts";
import { readingTests } from "./readings.ts";
import { settingTests } from "./settings.ts";
import { tagTests } from "./tags.ts";

/**
 * What VS Code calls to run the tests. Their outcome goes to the file that IDIOLECT_HOST_REPORT names; an
 * extension host that dies is told to its starter as a success, so the file alone is to be believed.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "tdd", timeout: 45_000, reporter: "spec", color: false });
  mocha.suite.emit("pre-require", globalThis, "host-suite", mocha);
  for (const define of [activationTests, readingTests, notebookTests, tagTests, settingTests]) {
    define();
  }
  const tests: HostTest[] = [];
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve).on("test end", (test) => {
      const { err } = test;
      tests.push({
        name: test.fullTitle(),
        state: test.state === "passed" || test.state === "failed" ? test.state : "skipped",
        ...(err === undefined ? {} : { error: shortStack(err) }),
      });
    });
  });
  const report = process.env["IDIOLECT_HOST_REPORT"];
  if (report !== undefined) {
    writeFileSync(report, JSON.stringify(tests));
  }
  if (failures > 0) {
    throw new Error(`${failures} tests failed.`);
  }
}

/** The message and our own lines of the stack; a client's stack may hold hundreds. */
function shortStack({ message, stack = "" }: Error): string {
  const own = stack.split("\n").filter((line) => line.includes("host-suite"));
  return [message, ...own.slice(0, 6)].join("\n");
}
