import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { runHostTests } from "./harness/host-tests.ts";
import { createScene, extensionsFolder } from "./harness/scene.ts";
import { startServer } from "./harness/vscode-server.ts";
import type { HostTest } from "./host-suite/host-report.ts";

const browser = needs("chromium");

/** The tests run once, all together, in one extension host; here each of them is told on its own. */
describe.skipIf(browser.isMissing)(`Inside the extension host${browser.note}`, async () => {
  const outcomes = browser.isMissing ? [] : await runOnce();

  test("The tests ran.", () => expect(outcomes.length).toBeGreaterThan(0));

  for (const { name, state, error } of outcomes) {
    test.skipIf(state === "skipped")(name, () => expect(state, error).toBe("passed"));
  }
});

async function runOnce(): Promise<readonly HostTest[]> {
  const scene = createScene({ learned: true });
  const report = join(scene.dataFolder, "host-report.json");
  const server = await startServer({
    dataFolder: scene.dataFolder,
    extensionsFolder,
    environment: { ...scene.environment, IDIOLECT_HOST_REPORT: report },
    runsTests: true,
  });
  try {
    return await runHostTests(server, scene.workspace, report);
  } finally {
    await server.stop();
    scene.remove();
  }
}
