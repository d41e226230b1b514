import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import { completeTides, forgetWriter, teachNegative, undoTags } from "./harness/steps.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");

/** What a writer sees and clicks once the blog has been learned; one window, one surface a test. */
describe.skipIf(browser.isMissing)(`The surfaces${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ learned: true });
    workbench = await stage.open();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
  });
  afterAll(async () => await stage?.strike());

  const onDisk = (): string => readFileSync(join(stage.scene.workspace, "draft.md"), "utf8");

  test("The tone of the document shows on the right of the status bar.", async () => {
    await workbench.statusItem(/tone|positive|negative|neutral/).waitFor();
  });

  test("A sentence taught in its hover reads as taught at once, until that is taken back.", async () => {
    await teachNegative(workbench);
    await workbench.statusItem("Noted: negative for you").click();
    await workbench.statusItem("Noted").waitFor({ state: "hidden" });
    const after = await workbench.hover("Nothing lost", /For me it is/);
    expect(await after.innerText()).not.toMatch(/as you said/);
    await workbench.closeHover();
  });

  test("What was taught is listed, can be changed, and is taken back.", async () => {
    const hover = await workbench.hover("Nothing lost", /For me it is/);
    await hover.locator("a", { hasText: "negative" }).click();
    await workbench.statusItem("Noted: negative for you").waitFor();
    await workbench.closeHover();
    await workbench.command("Idiolect: My Lessons");
    await workbench
      .picks(/negative for you/)
      .first()
      .click();
    await workbench.picks("Positive for me").first().click();
    const changed = workbench.picks(/positive for you/).first();
    await changed.waitFor();
    await workbench.picture("my-lessons");
    await changed.hover();
    await changed.locator('[aria-label="Take this lesson back"]').click();
    await workbench
      .picks(/for you/)
      .first()
      .waitFor({ state: "hidden" });
    await workbench.page.keyboard.press("Escape");
    const after = await workbench.hover("Nothing lost", /For me it is/);
    expect(await after.innerText()).not.toMatch(/as you said/);
    await workbench.closeHover();
  });

  test("A tag is completed in front matter while it is typed.", async () => {
    await completeTides(workbench);
    await workbench.save();
    await expect.poll(onDisk).toMatch(/^tags: \[tides\]?$/m);
    await undoTags(workbench);
    await workbench.save();
    await expect.poll(onDisk).not.toContain("tags:");
  });

  test("Tags are picked from a list with scores and reasons, and one undo takes them out again.", async () => {
    const before = onDisk();
    await workbench.command("Idiolect: Suggest Tags");
    const rows = workbench.picks(/\d %/);
    await rows.first().waitFor();
    const names: string[] = [];
    for (const row of (await rows.all()).slice(0, 2)) {
      names.push(await row.locator(".label-name").first().innerText());
      await row.click();
    }
    await workbench.acceptPicks();
    await workbench.line("tags:").waitFor();
    await workbench.save();
    await expect.poll(onDisk).toMatch(new RegExp(`^tags: .*${names[0]}.*${names[1]}`, "m"));
    await workbench.line("title:").click();
    await workbench.page.keyboard.press("Control+z");
    await workbench.line("tags:").waitFor({ state: "hidden" });
    await workbench.save();
    await expect.poll(onDisk).toBe(before);
  });

  test("A tag that was refused is not suggested again.", async () => {
    await workbench.command("Idiolect: Suggest Tags");
    const first = workbench.picks(/\d %/).first();
    await first.waitFor();
    const name = await first.locator(".label-name").first().innerText();
    await first.hover();
    await first.locator('[aria-label="Not this tag"]').click();
    await workbench.statusItem("Noted: not this tag").waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.command("Idiolect: Suggest Tags");
    await workbench.picks(/\d %/).first().waitFor();
    expect(await workbench.picks(/\d %/).filter({ hasText: name }).count()).toBe(0);
    await workbench.page.keyboard.press("Escape");
  });

  test("The panel shows the course of tone, and its keys lead to the sentence.", async () => {
    await workbench.command("Idiolect: Read Tone of Document");
    const plot = workbench.panel.locator("svg.tone-plot");
    await plot.waitFor();
    await plot.focus();
    await plot.press("End");
    await workbench.panel.locator(".detail blockquote", { hasText: "gladness" }).waitFor();
    await plot.press("Enter");
    await workbench.page.locator(".editor-instance .view-line", { hasText: "gladness" }).first().waitFor();
    await workbench.closePanel("Tone:");
  });

  test("The report shows what was learned, whether it helped, and what is kept.", async () => {
    await workbench.command("Idiolect: Show Dashboard");
    const page = workbench.panel.locator("main");
    await page.locator("h1", { hasText: "Dorcas Wain" }).waitFor();
    expect(await page.locator(".verdict").allInnerTexts()).toEqual([
      expect.stringMatching(/^Tags: /),
      expect.stringMatching(/^Tone: not yet yours\./),
    ]);
    await page.locator(".gate").first().waitFor();
    await workbench.picture("report");
    expect(await page.locator("figure svg").count()).toBeGreaterThan(0);
    expect(await page.innerText()).toContain("~/.local/share/idiolect");
    await workbench.closePanel("Idiolect Dashboard");
  });

  test("What a language is set to holds for its documents alone, hovers and completions among it.", async () => {
    const { workspace } = stage.scene;
    writeFileSync(join(workspace, "note.txt"), "Nothing wet. Nothing lost.\n");
    const tone = workbench.statusItem(/\d of \d/);
    const inMarkdown = {
      "idiolect.tone.hover": "off",
      "idiolect.tone.statusBar": false,
      "idiolect.tags.completion": false,
    };
    await workbench.openQuickly("draft.md");
    await tone.waitFor();
    stage.changeSettings({ "[markdown]": inMarkdown });
    await tone.waitFor({ state: "hidden" });
    await expect(workbench.hover("Nothing lost", /sure/, 1)).rejects.toThrow();
    await workbench.closeHover();
    await expect(completeTides(workbench, { timeout: 5_000 })).rejects.toThrow();
    await workbench.page.keyboard.press("Escape");
    await undoTags(workbench);
    await workbench.save();
    await workbench.openQuickly("note.txt");
    await tone.waitFor();
    await workbench.hover("Nothing lost", /sure/);
    await workbench.closeHover();
    stage.changeSettings({ "[markdown]": {} });
    await workbench.closePanel("note.txt");
    await tone.waitFor();
    await workbench.hover("Nothing lost", /sure/);
    await workbench.closeHover();
  });

  test("No error was logged on the way, and no text of the writer.", async () => {
    const log = stage.extensionLog();
    expect(log).not.toMatch(/\[error\]/);
    expect(log).not.toContain("Nothing lost");
  });

  test("Forgetting asks once, erases, and verifies on disk.", async () => {
    await forgetWriter(workbench);
    await workbench.statusItem("learn your writing").waitFor();
    expect(stage.storeHolds("Ivo")).toEqual([]);
  });
});
