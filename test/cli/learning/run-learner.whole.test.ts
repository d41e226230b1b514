import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { runLearner } from "../../../src/cli/learning/run-learner.ts";
import type { Surroundings } from "../../../src/cli/surroundings.ts";
import { weightsFile } from "../../../src/plm/cache/weight-cache-names.ts";
import { writePowerSupplies } from "../../learner/power-supply.ts";
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

/** A terminal that keeps what it is told. */
function surroundingsOf(said: string[]): Surroundings {
  const say = (line: string) => void said.push(line);
  return {
    out: say,
    note: say,
    warn: say,
    hasTerminal: false,
    readStandardInput: async () => Buffer.alloc(0),
    askedLines: async function* () {},
  };
}

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
    let cuts = 0;
    const outcome = await runLearner(request, surroundingsOf(said), (message) => {
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

test("A learner that is to wait for mains power does so, says so, and goes on by itself.", async () => {
  vi.stubEnv("IDIOLECT_POWER_SUPPLIES", writePowerSupplies(folder, "battery"));
  const said: string[] = [];
  const heard: string[] = [];
  const outcome = await runLearner(
    {
      folders: [writeSmallBlog(join(folder, "other-blog"))],
      writer: "Ben",
      store: join(folder, "store"),
      model: tinyModel(folder),
      seed: 1,
      pauseOnBattery: true,
    },
    surroundingsOf(said),
    (message) => {
      heard.push(message.kind);
      if (message.kind === "waiting" && message.wait !== undefined) writePowerSupplies(folder, "mains");
    },
  ).finally(() => vi.unstubAllEnvs());
  expect(heard.filter((kind) => kind === "waiting" || kind === "epoch").slice(0, 3)).toEqual([
    "waiting",
    "waiting",
    "epoch",
  ]);
  expect(said.join("\n")).toMatch(
    /Learning waits for mains power and then goes on by itself\.\n(.*\n)*Learning goes on\./,
  );
  expect(outcome.learned.skipped).toBe(false);
  // About thirty seconds were spent waiting, and none of them is counted.
  expect(outcome.learned.seconds).toBeLessThan(25);
}, 120_000);
