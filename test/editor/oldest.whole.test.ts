import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { installOldest, oldestCode } from "./harness/install.ts";
import { packExtension } from "./harness/prepare.ts";
import { Stage } from "./harness/stage.ts";
import { completeTides, teachNegative, undoTags } from "./harness/steps.ts";
import { installVsix } from "./harness/vscode-server.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const root = resolve(import.meta.dirname, "../..");
const longWaitMs = 120_000;

/** The oldest VS Code that the manifest lets install the extension, with what a writer does every day. */
describe.skipIf(browser.isMissing)(`The oldest VS Code${browser.note}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-oldest-"));
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    installOldest();
    const extensions = join(folder, "extensions");
    const folders = { dataFolder: join(folder, "installing"), extensionsFolder: extensions };
    installVsix(packExtension(undefined, join(folder, "packed")), folders, oldestCode);
    stage = await Stage.set({ learned: true, code: oldestCode, extensions });
    workbench = await stage.open();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: longWaitMs });
  });
  afterAll(async () => {
    await stage?.strike();
    rmSync(folder, { recursive: true, force: true });
  });

  test("is the first of those that the manifest names.", () => {
    const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const { version } = JSON.parse(readFileSync(join(oldestCode.folder, "package.json"), "utf8"));
    expect(engines.vscode).toBe(`^${version.replace(/\d+$/, "0")}`);
  });

  test("A hover compares a sentence with the writer's own, and teaches.", async () => {
    await teachNegative(workbench);
  });

  test("A tag of the writer's is completed in front matter.", async () => {
    await completeTides(workbench);
    await undoTags(workbench);
  });

  test("Tags are suggested with scores.", async () => {
    await workbench.command("Idiolect: Suggest Tags");
    await workbench.picks(/\d %/).first().waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  test("The panels show tone and what was learned.", async () => {
    await workbench.command("Idiolect: Read Tone of Document");
    await workbench.panel.locator("svg.tone-plot").waitFor();
    await workbench.closePanel("Tone:");
    await workbench.command("Idiolect: Show Dashboard");
    await workbench.panel.locator("main h1", { hasText: "Dorcas Wain" }).waitFor();
    await workbench.picture("oldest-dashboard");
  });

  test("Nothing failed on the way.", () => {
    expect(stage.extensionLog()).not.toMatch(/\[error\]/);
  });
});
