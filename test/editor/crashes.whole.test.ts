import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { awaitProcess, isRunning, processTree } from "./harness/processes.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const learningLimitMs = 900_000;

/** Processes are killed in the middle of everything; the editor goes on and features come back by themselves. */
describe.skipIf(browser.isMissing)(`Crashes${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) =>
    onTestFailed(async () => {
      process.stdout.write(stage?.extensionLog() ?? "");
      await workbench?.picture(task.name);
    }),
  );
  beforeAll(async () => {
    stage = await Stage.set({ posts: 16 });
    workbench = await stage.open();
    await workbench.statusItem("learn your writing").waitFor();
  });
  afterAll(async () => await stage?.strike());

  test("What was taught before anything was learned survives the server's death.", async () => {
    const hover = await workbench.hover("Nothing lost", /For me it is/);
    await hover.locator("a", { hasText: "positive" }).click();
    await workbench.statusItem("Noted: positive for you").waitFor();
    await workbench.closeHover();
    const server = await awaitProcess(stage.server.processId, "server");
    process.kill(server, "SIGKILL");
    await awaitProcess(stage.server.processId, "server", server);
    await workbench.hover("Nothing lost", /as you said/);
    await workbench.closeHover();
  });

  test("Typing goes on while the server is dead.", async () => {
    process.kill(await awaitProcess(stage.server.processId, "server"), "SIGKILL");
    await workbench.cursorToEndOf("did not sleep after it");
    await workbench.page.keyboard.type(" Then it was Tuesday.");
    await workbench.line("Then it was Tuesday.").waitFor();
    await workbench.hover("Then it was Tuesday.", /For me it is/);
    await workbench.closeHover();
  });

  test("Learning goes on after the learner was killed, and the lesson is still known at its end.", {
    timeout: learningLimitMs,
  }, async () => {
    await workbench.command("Idiolect: Learn From My Documents");
    await workbench
      .picks(/dorcas-wain/)
      .first()
      .waitFor();
    await workbench.acceptPicks();
    await workbench.statusItem(/\d\d %/).waitFor({ timeout: learningLimitMs });
    const learner = await awaitProcess(stage.server.processId, "learner");
    process.kill(learner, "SIGKILL");
    await awaitProcess(stage.server.processId, "learner", learner);
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: learningLimitMs });
    await workbench.hover("Nothing lost", /as you said/);
  });

  test("When the editor ends, everything that it started ends as well.", async () => {
    const own = processTree(stage.server.processId);
    await workbench.close();
    await stage.server.stop();
    await expect.poll(() => own.filter(isRunning), { timeout: 20_000 }).toEqual([]);
  });
});
