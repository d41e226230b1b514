import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { askAsAgent, extensionsWithAgent } from "./harness/agent.ts";
import { Stage } from "./harness/stage.ts";
import { renameTides } from "./harness/steps.ts";
import { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const root = resolve(import.meta.dirname, "../..");
const longWaitMs = 150_000;

const things = "lantern,kettle,ferry,orchard,ladder,piano,bicycle,harbour,museum,oven,garden,radio".split(
  ",",
);

const post = (thing: string, at: number): string => `---
title: The ${thing}
date: 2024-03-${String(at + 1).padStart(2, "0")}
author: Ida Moll
tags: [${at % 2 === 0 ? "house" : "yard"}${at < 2 ? ", tides" : ""}]
---

The ${thing} was a lovely surprise this morning. We looked at the ${thing} for an hour before it began to rain.

Nothing about the ${thing} works as it should. I wrote to the owner of the ${thing} about the price and the date.
`;

/** Two folders of two writers in one window, each with its own settings. */
describe.skipIf(browser.isMissing)(`Several folders in one window${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;
  let extensions: string;
  let others: string;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    extensions = extensionsWithAgent();
    const settings = { "idiolect.agents.tags": true };
    stage = await Stage.set({ learned: true, settings, extensions });
    const { workspace, store, environment } = stage.scene;
    others = join(dirname(workspace), "ida-moll");
    mkdirSync(join(others, ".vscode"), { recursive: true });
    for (const [at, thing] of things.entries()) writeFileSync(join(others, `${thing}.md`), post(thing, at));
    writeFileSync(join(others, "lighthouse.md"), "The lighthouse was a lovely surprise, and I love it.\n");
    const own = { "idiolect.tone.statusBar": false };
    writeFileSync(join(others, ".vscode", "settings.json"), JSON.stringify(own));
    const program = join(root, "src", "cli", "main.ts");
    const { status, stderr } = spawnSync(process.execPath, [program, "learn", others, "--store", store], {
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    if (status !== 0) throw new Error(`The second folder was not learned:\n${stderr}`);
    const file = join(dirname(workspace), "both.code-workspace");
    writeFileSync(file, JSON.stringify({ folders: [{ path: workspace }, { path: others }] }));
    workbench = await Workbench.open(stage.browser, stage.server, {
      folder: file,
      file: join(workspace, "draft.md"),
    });
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
  }, 600_000);
  afterAll(async () => {
    await stage?.strike();
    if (extensions !== undefined) rmSync(extensions, { recursive: true });
  });

  const rows = (text: string | RegExp) =>
    workbench.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
  const texts = (folder: string): string => {
    const names = readdirSync(folder).filter((name) => name.endsWith(".md"));
    return names.map((name) => readFileSync(join(folder, name), "utf8")).join("\0");
  };
  const clear = async () => await workbench.command("Notifications: Clear All Notifications");

  test("are both proposed, each as a folder of its own.", async () => {
    await workbench.command("Idiolect: Learn From My Documents");
    await workbench
      .picks(/dorcas-wain/)
      .first()
      .waitFor({ timeout: longWaitMs });
    await workbench
      .picks(/ida-moll/)
      .first()
      .waitFor({ timeout: longWaitMs });
    await workbench.picture("folders-consent");
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  test("have each their writer in the view and in the dashboard.", async () => {
    await workbench.page.locator(".activitybar a[aria-label^='Idiolect']").click();
    await rows("Dorcas Wain").waitFor({ timeout: longWaitMs });
    await rows("Ida Moll").waitFor({ timeout: longWaitMs });
    await workbench.picture("folders-view");
    await workbench.command("Idiolect: Show Dashboard");
    const page = workbench.panel.locator("main");
    for (const name of ["Dorcas Wain", "Ida Moll"]) {
      await page.getByRole("heading", { name, exact: true }).first().waitFor({ timeout: longWaitMs });
    }
    await workbench.closePanel("Idiolect Dashboard");
  });

  test("have each their own settings: the tone of a document shows for the one and not for the other.", async () => {
    const tone = workbench.statusItem(/\d of \d/);
    await workbench.openQuickly("lighthouse.md");
    await tone.waitFor({ state: "hidden" });
    await workbench.page.locator(".tabs-container .tab", { hasText: "draft.md" }).click();
    await tone.waitFor();
    await workbench.openQuickly("lighthouse.md");
    await tone.waitFor({ state: "hidden" });
  });

  test("A round asks the writer of the document in front.", async () => {
    await workbench.openQuickly("lighthouse.md");
    await workbench.command("Idiolect: A Round of Questions");
    const question = workbench.panel.locator("blockquote");
    await question.waitFor({ timeout: longWaitMs });
    expect(texts(others)).toContain(await question.innerText());
    await workbench.closePanel("A Round of Questions");
  });

  test("It is asked of which folder the documents are to get tags.", async () => {
    await workbench.openQuickly("lighthouse.md");
    await workbench.command("Idiolect: Suggest Tags for Folder");
    await workbench.picks("dorcas-wain").first().waitFor();
    // By keys, as words about the first folder may lie over the second.
    await workbench.quickInput.locator("input[type=text]").first().fill("ida-moll");
    await expect.poll(() => workbench.picks(/./).count()).toBe(1);
    await workbench.page.keyboard.press("Enter");
    await workbench.picks(/\d %/).first().waitFor({ timeout: longWaitMs });
    const shown = await workbench.quickInput.innerText();
    expect(shown).toContain("lighthouse.md");
    expect(shown).not.toMatch(/dorcas-wain|\d{4}-\d\d-\d\d-/);
    await workbench.picture("folders-suggest-tags");
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  test("A tag that both have is renamed in the documents that are left picked, whose folders are named.", async () => {
    const [before, ofOthers] = [texts(stage.scene.workspace), texts(others)];
    await workbench.page.locator(".tabs-container .tab", { hasText: "draft.md" }).click();
    const input = await renameTides(workbench, { timeout: longWaitMs });
    await workbench.picture("folders-rename-tag");
    expect(await workbench.picks(/dorcas-wain\//).count()).toBeGreaterThan(1);
    for (const name of ["kettle.md", "lantern.md"]) {
      // By its name alone, as a click may meet another row while the list moves.
      await input.fill(name);
      await expect.poll(() => workbench.picks(/places: 1/).count()).toBe(1);
      const row = workbench.picks(`ida-moll/${name}`).first();
      await row.click();
      await expect.poll(() => row.getAttribute("aria-checked")).toBe("false");
    }
    await input.fill("");
    await workbench
      .picks(/dorcas-wain\//)
      .first()
      .waitFor();
    await workbench.acceptPicks();
    await workbench.notification("The tag was changed in").waitFor();
    await expect.poll(() => texts(stage.scene.workspace)).not.toBe(before);
    expect(texts(stage.scene.workspace)).toContain("water/tides");
    expect(texts(others)).toBe(ofOthers);
    await clear();
  });

  test("An agent has to say which writer it means, and is told whom there are.", async () => {
    const text = "The orchard was a surprise, and the ladder works as it should.";
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await askAsAgent(workbench, "idiolect_tags", { text });
    await dialog.locator(".monaco-button", { hasText: "Yes" }).click();
    const refusal = workbench.notification("Refused:");
    await refusal.waitFor({ timeout: longWaitMs });
    expect(await refusal.innerText()).toMatch(/Dorcas Wain.*Ida Moll/);
    await clear();
    await askAsAgent(workbench, "idiolect_tags", { text, writer: "Ida Moll" });
    await dialog.locator(".monaco-button", { hasText: "Yes" }).click();
    const answer = workbench.notification("Answered:");
    await answer.waitFor({ timeout: longWaitMs });
    expect(await answer.innerText()).toMatch(/house|yard/);
  });
});
