import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { networkCalls, openedPaths, outside, Watch, writtenPaths } from "../trust/system-calls.ts";
import { foreignConnections } from "./harness/network-watch.ts";
import { packExtension } from "./harness/prepare.ts";
import { findProcesses, processTree } from "./harness/processes.ts";
import { createScene } from "./harness/scene.ts";
import { Stage } from "./harness/stage.ts";
import { completeTides, teachNegative, undoTags } from "./harness/steps.ts";
import { installVsix } from "./harness/vscode-server.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const strace = needs("strace");
const root = resolve(import.meta.dirname, "../..");
const longWaitMs = 120_000;
const patience = { timeout: 60_000 };

/** Learned on another machine, with machine code, and exported there with the text of the documents. */
function exportFromElsewhere(file: string): void {
  const elsewhere = createScene({ learned: true });
  const words = ["export", file, "--with-text", "--store", elsewhere.store];
  const program = join(root, "src", "cli", "main.ts");
  const { status, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: "utf8" });
  elsewhere.remove();
  if (status !== 0) throw new Error(`What was learned was not exported:\n${stderr}`);
}

/**
 * The universal VSIX as a Mac with an Intel processor or a machine with musl gets it. It is installed outside of the
 * checkout, so that no machine code is found further up.
 */
describe.skipIf(browser.isMissing)(`The universal VSIX in the editor${browser.note}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-universal-"));
  const exported = join(folder, "dorcas.idiolect");
  const watch = strace.isMissing ? undefined : new Watch();
  let stage: Stage;
  let workbench: Workbench;

  // What follows a failure could only fail as well, after long waits.
  beforeEach(({ task, skip }) =>
    skip(task.suite?.tasks.some(({ result }) => result?.state === "fail") ?? false),
  );
  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    const extensions = join(folder, "extensions");
    installVsix(packExtension("universal", join(folder, "packed")), {
      dataFolder: join(folder, "installing"),
      extensionsFolder: extensions,
    });
    exportFromElsewhere(exported);
    stage = await Stage.set({ extensions, ...(watch === undefined ? {} : { watch }) });
    workbench = await stage.open();
  });
  afterAll(async () => {
    await stage?.strike();
    watch?.[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test("The status bar says that it reads only, and a click says why and what to do.", async () => {
    await workbench.statusItem("reads only").click();
    const told = workbench.notification("reads on this machine and does not learn");
    await told.waitFor();
    expect(await told.innerText()).toMatch(/Learn on a machine with Linux, Windows or an Apple processor/);
    await workbench.picture("universal-reads-only");
    await workbench.command("Notifications: Clear All Notifications");
  });

  test("Asked to learn it says so as well, and asks for no folders.", async () => {
    await workbench.command("Idiolect: Learn From My Documents");
    await workbench.notification("reads on this machine and does not learn").waitFor();
    expect(await workbench.picks(/dorcas-wain/).count()).toBe(0);
    await workbench.command("Notifications: Clear All Notifications");
  });

  test("Sentences are read in general before anything is imported.", async () => {
    await workbench.hover("Nothing lost", /sure/);
    await workbench.closeHover();
  });

  test("What was learned elsewhere is imported from one file.", async () => {
    const input = workbench.quickInput.locator("input[type=text]").first();
    await workbench.command("Idiolect: Import");
    // The dialog writes the folder that it begins with when it has listed it, which may be late.
    const isWritten = async () => {
      const stays = (await input.inputValue()) === exported;
      if (!stays) await input.fill(exported);
      return stays;
    };
    await expect.poll(isWritten, { ...patience, interval: 1_000 }).toBe(true);
    await workbench.quickInput.locator(".monaco-button", { hasText: "Import" }).click();
    await workbench.notification("Imported of Dorcas Wain").waitFor({ timeout: longWaitMs });
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: longWaitMs });
  });

  test("A hover compares a sentence with the writer's own.", async () => {
    await workbench.hover("gladness", /your sentences/);
    await workbench.picture("universal-hover");
    await workbench.closeHover();
  });

  test("A tag of the writer's is completed in front matter.", async () => {
    await completeTides(workbench, { timeout: longWaitMs });
    await undoTags(workbench);
  });

  test("Tags are suggested with scores and reasons.", async () => {
    await workbench.command("Idiolect: Suggest Tags");
    await workbench.picks(/\d %/).first().waitFor({ timeout: longWaitMs });
    await workbench.picture("universal-tags");
    await workbench.page.keyboard.press("Escape");
  });

  test("A lesson is kept, and read at once.", async () => {
    await teachNegative(workbench);
  });

  test("With what was learned elsewhere, it still says that it does not learn.", async () => {
    await workbench.command("Idiolect: Learn From My Documents");
    await workbench.notification("reads on this machine and does not learn").waitFor();
    expect(await workbench.picks(/dorcas-wain/).count()).toBe(0);
    expect(findProcesses(stage.server.processId, "learner")).toEqual([]);
  });

  test("No error was logged but these refusals, and nobody reached for another machine.", () => {
    const errors = stage
      .extensionLog()
      .split("\n")
      .filter((line) => line.includes("[error]"));
    expect(errors.filter((line) => !line.includes("does not learn"))).toEqual([]);
    expect(workbench.foreignRequests.filter((address) => !/open-vsx/.test(address))).toEqual([]);
    expect(stage.network.ownAttempts()).toEqual([]);
    expect(processTree(stage.server.processId).flatMap(foreignConnections)).toEqual([]);
  });

  test.skipIf(strace.isMissing)(
    `The server computed with the WebAssembly of the VSIX alone, made no socket, and wrote only into store and cache${strace.note}.`,
    () => {
      const own = (watch?.calls() ?? []).filter(({ process }) => process.includes('dist/server.js"'));
      const opened = openedPaths(own);
      const code = opened.filter((path) => /\.wasm$|onnxruntime_binding|libonnxruntime/.test(path));
      expect(code).toEqual([
        expect.stringMatching(/\/extensions\/idiolect\.idiolect-.*\/ort-wasm-simd-threaded\.wasm$/),
      ]);
      expect(networkCalls(own)).toEqual([]);
      expect(opened.filter((path) => /resolv\.conf|nsswitch|\/etc\/hosts/.test(path))).toEqual([]);
      const { store, cache, workspace } = stage.scene;
      const made = [join(store, ".."), join(store, "..", "..")];
      const written = writtenPaths(own, workspace).filter((path) => !made.includes(path));
      expect(outside(written, [store, cache])).toEqual([]);
    },
  );
});
