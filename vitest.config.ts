import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./test/closing-line-reporter.ts";
import { LongestFirst } from "./test/longest-first.ts";

const closingLine = new ClosingLineReporter(process.env["CI"] === "true", (line) => {
  process.stdout.write(`${line}\n`);
});

/** Unit tests need no trained base, no corpus and no build; whole tests run the real parts end to end. */
export default defineConfig({
  test: {
    reporters: ["default", closingLine],
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["test/temporary-root.ts"],
    projects: [
      {
        test: {
          name: "unit",
          setupFiles: ["test/property-seed.ts"],
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.whole.test.ts", "test/editor/**"],
          // The editor alone has the module of this name.
          alias: { vscode: join(import.meta.dirname, "test/editor-unit/vscode-stand-in.ts") },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file in a process of its own would load the runtime anew, which takes longer than most tests.
          isolate: false,
        },
      },
      {
        test: {
          name: "whole",
          setupFiles: ["test/property-seed.ts"],
          include: ["test/**/*.whole.test.ts"],
          exclude: ["test/editor/**", "test/bench/perf.whole.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: "editor",
          include: ["test/editor/**/*.whole.test.ts"],
          globalSetup: ["test/editor/harness/prepare.ts"],
          // Two windows, each of which may take minutes to start on a busy machine.
          testTimeout: 360_000,
          // Whoever comes while another file learns the sample blog waits for it.
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "perf",
          include: ["test/bench/perf.whole.test.ts"],
          testTimeout: 1_200_000,
          maxWorkers: 1,
          // Alone, when all others are done: budgets are generous, and yet the less runs beside the better.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
