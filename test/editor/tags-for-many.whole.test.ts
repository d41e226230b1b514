import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import { renameTides } from "./harness/steps.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const longWaitMs = 120_000;

/** Tags of all documents of a folder, as a writer changes them with the mouse and the keyboard. */
describe.skipIf(browser.isMissing)(`Tags of many documents${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ learned: true });
    workbench = await stage.open();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
  });
  afterAll(async () => await stage?.strike());

  const onDisk = (): ReadonlyMap<string, string> => {
    const { workspace } = stage.scene;
    const names = readdirSync(workspace).filter((name) => name.endsWith(".md"));
    return new Map(names.map((name) => [name, readFileSync(join(workspace, name), "utf8")]));
  };
  const changed = (before: ReadonlyMap<string, string>): readonly string[] =>
    [...onDisk()].flatMap(([name, text]) => (text === before.get(name) ? [] : [name]));
  const withoutTags = (text = ""): string => text.replace(/^tags:.*\n(?: +- .*\n)*/m, "");

  /** One undo; where it is asked whether in all files, yes. */
  async function undoEverywhere(name: string): Promise<void> {
    await workbench.openQuickly(name);
    await workbench.line("title:").click();
    await workbench.page.keyboard.press("Control+z");
    const all = workbench.page.locator(".monaco-dialog-box .monaco-button", { hasText: /^Undo in/ });
    await all.click({ timeout: 10_000 }).catch(() => undefined);
    await workbench.command("File: Save All");
  }

  test("What documents lack is listed with score and reason; what is picked is written, and one undo takes it back.", async () => {
    const before = onDisk();
    await workbench.command("Idiolect: Suggest Tags for Folder");
    await workbench.picks(/\d %/).first().waitFor({ timeout: longWaitMs });
    await workbench.picture("suggest-tags-for-folder");
    await workbench.quickInput.locator("input[type=text]").first().fill("named");
    await workbench.acceptPicks();
    await workbench.notification(/Written: \d+ tags into/).waitFor();
    await expect.poll(() => changed(before).length).toBeGreaterThan(0);
    const after = onDisk();
    for (const name of changed(before))
      expect(withoutTags(after.get(name))).toBe(withoutTags(before.get(name)));
    await undoEverywhere(changed(before)[0]!);
    await expect.poll(() => changed(before)).toEqual([]);
  });

  test("A tag is renamed in all documents that are left picked.", async () => {
    const before = onDisk();
    await renameTides(workbench, { timeout: longWaitMs });
    await workbench.picture("rename-tag");
    expect(changed(before)).toEqual([]);
    await workbench.acceptPicks();
    await workbench.notification("The tag was changed in").waitFor();
    await expect.poll(() => changed(before).length).toBeGreaterThan(1);
    const after = onDisk();
    for (const [name, text] of before) {
      const renamed = text.replace(/^tags:.*\n(?: +- .*\n)*/m, (tags) => {
        return tags.replaceAll(/\btides\b/g, "water/tides");
      });
      expect(after.get(name)).toBe(renamed);
    }
  });
});
