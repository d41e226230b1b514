import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import AdmZip from "adm-zip";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openArchive } from "../../src/store/exchange/archive.ts";
import { exportWriter } from "../../src/store/exchange/export-writer.ts";
import { importWriter } from "../../src/store/exchange/import-writer.ts";
import { openStore } from "../../src/store/open-store.ts";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import { exportTo } from "./harness/steps.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const longWaitMs = 120_000;
const patience = { timeout: 60_000 };

/** A second version of what was learned, made an hour after the first. */
function learnAgain(storePath: string): void {
  using store = openStore(storePath, { clock: () => Date.now() + 3_600_000 });
  for (const { id } of store.writers.list()) {
    const active = store.profileVersions.active(id);
    if (active === undefined) continue;
    store.profileVersions.add(id, { ...active, blobs: store.profileVersions.blobs(active.id) }, "activate");
  }
}

describe.skipIf(browser.isMissing)(`The view of writers${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ learned: true });
    learnAgain(stage.scene.store);
    workbench = await stage.open();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
    await workbench.page.locator(".activitybar a[aria-label^='Idiolect']").click();
  });
  afterAll(async () => await stage?.strike());

  const rows = (text: string | RegExp) =>
    workbench.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
  /** Opens a row; where the tree comes anew in the middle of it, again. */
  async function open(row: string | RegExp): Promise<void> {
    await rows(row).waitFor({ timeout: longWaitMs });
    const isOpen = async () => (await rows(row).getAttribute("aria-expanded")) === "true";
    const attempt = async () => {
      if (!(await isOpen())) await rows(row).click();
      return await isOpen();
    };
    await expect.poll(attempt, { ...patience, interval: 1_000 }).toBe(true);
  }
  /** An action on the row that the mouse is over. */
  async function inline(row: string | RegExp, action: string): Promise<void> {
    await rows(row).hover();
    await rows(row).locator(`.action-label[aria-label^='${action}']`).click();
  }

  test("says in a sentence each what can be counted on, and how much there is of everything.", async () => {
    await rows("Dorcas Wain").waitFor({ timeout: longWaitMs });
    await rows(/^Tags: (good|fair)/).waitFor({ timeout: longWaitMs });
    await rows(/^Tone: not yet yours/).waitFor();
    await workbench.picture("writers-view");
    expect(await rows("What was learned").getAttribute("aria-label")).toContain("What was learned, 20");
  });

  test("shows tags with their counts and documents, which a click opens.", async () => {
    await open(/^Tags\d/);
    await rows(/^tides/).waitFor({ timeout: longWaitMs });
    expect(await rows(/^tides/).getAttribute("aria-label")).toMatch(/^tag tides, \d+ documents/);
    await open(/^tides/);
    await rows("The punctual").waitFor({ timeout: longWaitMs });
    await workbench.picture("writers-view-tags");
    await rows("The punctual").click();
    await workbench.page.locator(".tabs-container .tab", { hasText: "the-punctual" }).waitFor();
    await rows(/^Tags\d/).click();
  });

  test("shows a lesson as soon as it is taught, and forgets it.", async () => {
    await workbench.cursorToEndOf("They were disgraceful");
    await workbench.command("Idiolect: Teach: How I Mean This Sentence");
    await workbench.picks("Positive for me").click();
    await open("Lessons1");
    await rows(/positive for you/).waitFor({ timeout: longWaitMs });
    await workbench.picture("writers-view-lessons");
    await inline(/positive for you/, "Forget This Lesson");
    await rows(/positive for you/).waitFor({ state: "hidden", timeout: longWaitMs });
    await rows("Lessons0").waitFor();
  });

  test("goes back to an earlier version, and forth again.", async () => {
    await open("Versions2");
    await rows(/in use/).waitFor({ timeout: longWaitMs });
    const used = await rows(/in use/).innerText();
    const other = workbench.page.locator(".pane-body .monaco-list-row", {
      hasText: /^\d{4}-\d\d-\d\d \d\d:\d\d$/,
    });
    await other.last().hover();
    await workbench.picture("writers-view-versions");
    await other.last().locator(".action-label[aria-label^='Go Back']").click();
    await workbench.notification("is used from now on").waitFor();
    await expect.poll(() => rows(/in use/).innerText(), patience).not.toBe(used);
    await workbench.page.keyboard.press("Escape");
  });

  test("exports without the text of the documents, and imports what was exported.", async () => {
    const file = join(stage.scene.workspace, "..", "dorcas.idiolect");
    await exportTo(workbench, "Dorcas Wain", file, { timeout: longWaitMs });
    expect(existsSync(file)).toBe(true);
    const bytes = Buffer.concat([
      readFileSync(file),
      ...new AdmZip(file).getEntries().map((entry) => entry.getData()),
    ]);
    expect(bytes.includes("disgraceful")).toBe(false);
    await importFile(file);
    await workbench.notification("Imported of Dorcas Wain").waitFor({ timeout: longWaitMs });
    await workbench.picture("import-file");
  });

  async function importFile(file: string): Promise<void> {
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.command("Idiolect: Import");
    // The dialog writes the folder that it begins with when it has listed it, which may be late.
    const input = workbench.quickInput.locator("input[type=text]").first();
    const isWritten = async () => {
      const stays = (await input.inputValue()) === file;
      if (!stays) await input.fill(file);
      return stays;
    };
    await expect.poll(isWritten, { ...patience, interval: 1_000 }).toBe(true);
    await workbench.quickInput.locator(".monaco-button", { hasText: "Import" }).click();
  }

  /** As from another machine, which has the same writer with a lesson and a profile version of its own. */
  function writeExportOfElsewhere(file: string): { readonly here: string; readonly there: string } {
    const madeBy = "0";
    using here = openStore(stage.scene.store);
    const [writer] = here.writers.list();
    const active = here.profileVersions.active(writer!.id)!;
    here.corrections.add(writer!.id, { kind: "tagVetoed", textHash: "here", tag: "tides" });
    using there = openStore(join(stage.scene.workspace, "..", "other-store"));
    const { bytes } = exportWriter(here, writer!, { withText: false, madeBy });
    const { baseModelId } = active;
    importWriter(there, openArchive("here", bytes), { baseModelId });
    const other = there.writers.named(writer!.name)!;
    there.corrections.add(other.id, { kind: "tagVetoed", textHash: "there", tag: "fog" });
    const blobs = there.profileVersions.blobs(active.id);
    const { id } = there.profileVersions.add(other.id, { ...active, blobs }, "activate");
    writeFileSync(file, exportWriter(there, other, { withText: false, madeBy }).bytes);
    return { here: active.id, there: id };
  }

  test("asks, where the writer was learned on both sides, whose profile to keep, and loses no lesson.", async () => {
    const file = join(stage.scene.workspace, "..", "elsewhere.idiolect");
    const versions = writeExportOfElsewhere(file);
    const kept = () => {
      using store = openStore(stage.scene.store);
      const [{ id } = { id: -1 }] = store.writers.list();
      const taught = store.corrections
        .current(id)
        .flatMap(({ lesson }) => (lesson.kind === "tone" ? [] : [lesson.tag]));
      return { active: store.profileVersions.active(id)?.id, taught: taught.toSorted() };
    };
    await importFile(file);
    await workbench.page
      .getByText("Dorcas Wain was learned on both machines")
      .waitFor({ timeout: longWaitMs });
    await workbench.picture("import-choice");
    await workbench.page.keyboard.press("Escape");
    expect(kept()).toEqual({ active: versions.here, taught: ["tides"] });

    await importFile(file);
    await workbench.picks("Keep using the profile of this machine").click();
    await workbench
      .notification("The profile of this machine is used as before")
      .waitFor({ timeout: longWaitMs });
    expect(kept()).toEqual({ active: versions.here, taught: ["fog", "tides"] });

    await importFile(file);
    await workbench.picks("Use the profile of the file").click();
    await workbench
      .notification("The profile of the file is used from now on")
      .waitFor({ timeout: longWaitMs });
    expect(kept()).toEqual({ active: versions.there, taught: ["fog", "tides"] });
  });
});

describe.skipIf(browser.isMissing)(`The view of writers before anything is learned${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({});
    workbench = await stage.open();
  });
  afterAll(async () => await stage?.strike());

  test("offers to learn and to import.", async () => {
    await workbench.page.locator(".activitybar a[aria-label^='Idiolect']").click();
    const welcome = workbench.page.locator(".welcome-view-content");
    await welcome.getByText("Learn From My Documents").waitFor({ timeout: longWaitMs });
    await welcome.getByText("Import", { exact: true }).waitFor();
    await workbench.picture("writers-view-empty");
  });
});
