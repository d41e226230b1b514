import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { askAsAgent, extensionsWithAgent } from "./harness/agent.ts";
import { Stage } from "./harness/stage.ts";
import {
  agreeToLearn,
  completeTag,
  exportTo,
  forgetWriter,
  leaveFolderTags,
  renameTides,
  restricted,
  undoTags,
} from "./harness/steps.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const longWaitMs = 150_000;

/** What a folder of somebody else would like to decide. */
const settingsOfFolder = {
  "idiolect.storePath": "/nowhere/of-somebody-else",
  "idiolect.modelPath": "/nowhere/model",
  "idiolect.voice.enabled": true,
  "idiolect.agents.tone": true,
  "idiolect.agents.tags": true,
  "idiolect.agents.passages": true,
  "idiolect.agents.voice": true,
};

const walk = {
  text: "The river came up over the fifth mark in the night, and the boats lay high at the jetty.",
};

/** A folder that nobody trusts works as any other, and decides nothing that is the writer's own to decide. */
describe.skipIf(browser.isMissing)(`An untrusted folder${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;
  let extensions: string;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    extensions = extensionsWithAgent();
    stage = await Stage.set({ learned: true, settings: restricted, extensions });
    const folder = join(stage.scene.workspace, ".vscode");
    mkdirSync(folder);
    writeFileSync(join(folder, "settings.json"), JSON.stringify(settingsOfFolder));
    workbench = await stage.open();
    await workbench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
  });
  afterAll(async () => {
    await stage?.strike();
    if (extensions !== undefined) rmSync(extensions, { recursive: true });
  });

  const texts = (): string => {
    const { workspace } = stage.scene;
    const names = readdirSync(workspace).filter((name) => name.endsWith(".md"));
    return names.map((name) => readFileSync(join(workspace, name), "utf8")).join("\0");
  };
  const page = () => workbench.panel.locator("main");
  const clear = async () => await workbench.command("Notifications: Clear All Notifications");
  const rows = (text: string | RegExp) =>
    workbench.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();

  test("does not say where things are kept: the dashboard names the usual place.", async () => {
    await workbench.command("Idiolect: Show Dashboard");
    await page().locator("h1", { hasText: "Dorcas Wain" }).waitFor();
    const said = await page().innerText();
    expect(said).toContain("~/.local/share/idiolect");
    expect(said).not.toContain("of-somebody-else");
    await workbench.closePanel("Idiolect Dashboard");
  });

  test("has the view of writers, with tags and their documents.", async () => {
    await workbench.page.locator(".activitybar a[aria-label^='Idiolect']").click();
    await rows("Dorcas Wain").waitFor({ timeout: longWaitMs });
    await rows(/^Tags: (good|fair)/).waitFor({ timeout: longWaitMs });
    await workbench.picture("untrusted-writers-view");
  });

  test("has rounds of questions, whose answers are kept.", async () => {
    await workbench.command("Idiolect: A Round of Questions");
    await workbench.panel.getByText("Question 1 of 12").waitFor({ timeout: longWaitMs });
    await workbench.page.keyboard.press("3");
    await workbench.panel.getByText("Question 2 of 12").waitFor();
    await workbench.page.keyboard.press("Escape");
    await rows("Lessons1").waitFor({ timeout: longWaitMs });
  });

  test("cannot have a voice learned: it is said that none was, and which setting of the writer's own it takes.", async () => {
    await workbench.line("title:").click();
    await workbench.command("Idiolect: Does This Sound Like Me?");
    await page().getByText("idiolect.voice.enabled").first().waitFor({ timeout: longWaitMs });
    await workbench.picture("untrusted-voice");
    await workbench.closePanel("Voice");
  });

  test("has words for a word.", async () => {
    await workbench.line("gladness").getByText("gladness").first().dblclick();
    await workbench.command("Idiolect: Words I Would Use");
    await workbench.picks(/\w/).first().waitFor({ timeout: longWaitMs });
    await workbench.picture("untrusted-words");
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  test("has tags for all of its documents, and none is written unasked.", async () => {
    const before = texts();
    await leaveFolderTags(workbench, { timeout: longWaitMs });
    expect(texts()).toBe(before);
  });

  test("has its tags renamed where the writer says so.", async () => {
    await renameTides(workbench, { timeout: longWaitMs });
    await workbench.acceptPicks();
    await workbench.notification("The tag was changed in").waitFor();
    await expect.poll(texts).toContain("water/tides");
    await clear();
  });

  test("does not open the writer's texts to agents: what it switches on stays off, and a call is refused.", async () => {
    for (const tool of ["idiolect_tone", "idiolect_tags", "idiolect_passages", "idiolect_voice"]) {
      // A notification may go with those that are cleared just then.
      const isRefused = async () => {
        await clear();
        await askAsAgent(workbench, tool, tool === "idiolect_passages" ? { topic: "river" } : walk);
        const refused = workbench.notification("Refused:").waitFor({ timeout: 10_000 });
        return await refused.then(
          () => true,
          () => false,
        );
      };
      await expect.poll(isRefused, { timeout: longWaitMs, interval: 1_000 }).toBe(true);
      expect(await workbench.notification("Answered:").count()).toBe(0);
    }
    await clear();
  });

  test("Agents get an answer once the writer allows it, after the editor has asked, and none when that is refused.", async () => {
    stage.changeSettings({ "idiolect.agents.tags": true });
    const dialog = workbench.page.locator(".monaco-dialog-box");
    const askFor = async () => {
      await clear();
      await askAsAgent(workbench, "idiolect_tags", walk);
      // The editor follows a change of its settings in its own time.
      return await dialog.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(askFor, { timeout: longWaitMs, interval: 3_000 }).toBe(true);
    expect(await dialog.innerText()).toContain(
      "Give this agent tags of yours for a text that it sends, and the names of files that have them?",
    );
    await workbench.picture("agent-asks");
    await workbench.page.keyboard.press("Escape");
    await workbench.notification("Refused:").waitFor();
    expect(await askFor()).toBe(true);
    await dialog.locator(".monaco-button", { hasText: "Yes" }).click();
    const answer = workbench.notification("Answered:");
    await answer.waitFor({ timeout: longWaitMs });
    await workbench.picture("agent-answered");
    expect(await answer.innerText()).toMatch(/boats|tides/);
  });

  test("has a tag completed in front matter.", async () => {
    await workbench.page.locator(".tabs-container .tab", { hasText: "draft.md" }).click();
    await completeTag(workbench, "boats", { timeout: longWaitMs });
    await undoTags(workbench);
    await workbench.save();
  });

  test("has what was learned exported, without its texts.", async () => {
    const file = join(dirname(stage.scene.workspace), "exported.idiolect");
    await exportTo(workbench, "Dorcas Wain", file, { timeout: longWaitMs });
    expect(readFileSync(file).includes("Nothing lost")).toBe(false);
    await clear();
  });

  test("is learned from again, once what was learned is forgotten, where the writer agrees to it in two clicks.", async () => {
    const { workspace } = stage.scene;
    // Fewer than 2,000 words are learned in seconds.
    for (const name of readdirSync(workspace)
      .filter((one) => /^\d/.test(one))
      .toSorted()
      .slice(6)) {
      rmSync(join(workspace, name));
    }
    await forgetWriter(workbench);
    await workbench.statusItem("learn your writing").waitFor();
    await clear();
    const before = await workbench.clicks();
    await agreeToLearn(workbench, "dorcas-wain");
    await workbench.notification("Learning has begun").waitFor();
    expect((await workbench.clicks()) - before).toBe(2);
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: longWaitMs });
    await rows(/^Tags/).waitFor({ timeout: longWaitMs });
    await clear();
  });
});
