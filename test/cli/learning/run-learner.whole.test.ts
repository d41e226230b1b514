import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runLearner } from "../../../src/cli/learning/run-learner.ts";
import { weightsFile } from "../../../src/plm/cache/weight-cache-names.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { tinyModel, useOwnCache } from "../run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-run-learner-"));
useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const weights = (): string => {
  const cache = join(folder, "cache");
  const names = readdirSync(cache, { recursive: true }).map(String);
  return join(cache, names.find((name) => name.endsWith(weightsFile))!);
};

test.skipIf(process.platform === "win32")(
  "A learner whose weights are cut short while it learns is started again, and learns to the end.",
  async () => {
    const request = {
      folders: [writeSmallBlog(join(folder, "blog"))],
      writer: "Anna",
      store: join(folder, "store"),
      model: tinyModel(folder),
      seed: 1,
      cpuPercent: 100,
    };
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const surroundings = {
      out: say,
      note: say,
      warn: say,
      hasTerminal: false,
      readStandardInput: async () => Buffer.alloc(0),
      askedLines: async function* () {},
    };
    let cuts = 0;
    const outcome = await runLearner(request, surroundings, (message) => {
      if (message.kind !== "epoch" || cuts > 0) return;
      cuts++;
      chmodSync(weights(), 0o600);
      truncateSync(weights(), 0);
    });
    expect(cuts).toBe(1);
    expect(said.join("\n")).toMatch(
      /cut short while they were in use\. Starting again from the last checkpoint/,
    );
    expect(outcome.learned.skipped).toBe(false);
    expect(statSync(weights()).size).toBeGreaterThan(10_000);
  },
  120_000,
);
