import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PanelKind } from "../../src/editor/messages/webview-page.ts";
import { needs } from "../prerequisite.ts";
import { accessibilityFindings, tabThrough } from "./harness/accessibility.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const startLimitMs = 200_000;

/** By the names that settings and pages have for them. */
const themes = [
  "Light Modern",
  "Dark Modern",
  "Default High Contrast",
  "Default High Contrast Light",
] as const;

interface ShownPanel {
  readonly command: string;
  readonly tab: string;
  /** There once the page is whole. */
  readonly sign: string;
  /** Something that can be pressed there; undefined: nothing can. */
  readonly stop: string | undefined;
}

/** Each kind of panel; `tsc` asks for one that is new. */
const panels: Readonly<Record<PanelKind, ShownPanel>> = {
  tone: {
    command: "Idiolect: Read Tone of Document",
    tab: "Tone:",
    sign: "svg.tone-plot circle",
    stop: "All sentences as a table",
  },
  report: {
    command: "Idiolect: Show Dashboard",
    tab: "Idiolect Dashboard",
    sign: "figure svg",
    stop: "Learn From My Documents",
  },
  voice: {
    command: "Idiolect: Does This Sound Like Me?",
    tab: "Voice",
    sign: "h1",
    stop: undefined,
  },
  round: {
    command: "Idiolect: A Round of Questions",
    tab: "A Round of Questions",
    sign: "blockquote",
    stop: "5 Very positive",
  },
};

/** What people need who see, hear or move otherwise, in the editor's own themes. */
describe.skipIf(browser.isMissing)(`Everybody${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ learned: true });
    workbench = await stage.open();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: startLimitMs });
  });
  afterAll(async () => await stage?.strike());

  describe.each(Object.entries(panels))("The panel %s", (kind, { command, tab, sign, stop }) => {
    beforeAll(async () => {
      await workbench.openQuickly("2023-11-11-the-punctual.md");
      await workbench.command(command);
      await workbench.panel.locator(sign).first().waitFor();
      await workbench.panel.locator('[aria-busy="true"]').waitFor({ state: "hidden" });
      for (const summary of await workbench.panel.locator("summary").all()) await summary.click();
    });
    afterAll(async () => await workbench.closePanel(tab));

    test.each(themes)("It has no findings of axe-core in %s.", async (theme) => {
      const shown = workbench.panel.locator(`body[data-vscode-theme-id="${theme}"]`);
      // The editor may miss a change of its settings on a busy machine.
      const isShown = async () => {
        stage.changeSettings({ "workbench.colorTheme": theme });
        return await shown.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        );
      };
      await expect.poll(isShown, { timeout: startLimitMs / 2 }).toBe(true);
      await workbench.picture(`everybody-${kind}-${theme}`);
      expect(await accessibilityFindings(workbench.panel)).toEqual([]);
    });

    test("Each plot has a name and a table of the same numbers.", async () => {
      const plots = await workbench.panel.locator("svg").all();
      for (const plot of plots) expect(await plot.getAttribute("aria-label")).toMatch(/\w/);
      expect(await workbench.panel.locator("details table").count()).toBe(plots.length);
    });

    test("Tab reaches everything that can be pressed, in its order, and what has the focus is marked.", async () => {
      const { reached, pressable } = await tabThrough(workbench.page, workbench.panel);
      expect(reached.map(({ name }) => name)).toEqual(pressable);
      expect(pressable).toEqual(stop === undefined ? [] : expect.arrayContaining([stop]));
      expect(reached.filter(({ isMarked }) => !isMarked)).toEqual([]);
    });
  });

  test("Escape ends a round of questions.", async () => {
    await workbench.command("Idiolect: A Round of Questions");
    await workbench.panel.locator("blockquote").waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.page
      .locator(".tabs-container .tab", { hasText: "A Round of Questions" })
      .waitFor({ state: "hidden" });
  });

  test("Items of the status bar say to a screen reader what they show and what a click does, without icons.", async () => {
    await workbench.openQuickly("2023-11-11-the-punctual.md");
    await workbench.statusItem(/\d of \d/).waitFor();
    const items = workbench.page.locator('.statusbar-item[id*="idiolect"] [aria-label]');
    const labels = await items.evaluateAll((all) => all.map((item) => item.getAttribute("aria-label")));
    expect(labels.sort()).toEqual([
      expect.stringMatching(/^Idiolect\. Dorcas Wain: .*Click for the report\.$/),
      expect.stringMatching(/^Tone of the document\. \d+ of \d+ sentences/),
    ]);
  });

  test("The buttons of a list are reached and pressed without a mouse.", async () => {
    await workbench.openQuickly("draft.md");
    await workbench.command("Idiolect: Suggest Tags");
    await workbench.picks(/\d %/).first().waitFor();
    const refuse = workbench.quickInput.locator('[aria-label="Not this tag"]:focus');
    await workbench.page.keyboard.press("ArrowDown");
    for (let presses = 0; presses < 4 && !(await refuse.isVisible()); presses++) {
      await workbench.page.keyboard.press("Tab");
    }
    expect(await refuse.isVisible()).toBe(true);
    await workbench.page.keyboard.press("Enter");
    await workbench.statusItem("Noted: not this tag").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  test("Sentences with a tone are marked in the margin where the setting wants it, and marks follow an edit.", async () => {
    await workbench.openQuickly("2023-11-11-the-punctual.md");
    await workbench.statusItem(/\d of \d/).waitFor();
    const signs = workbench.page.locator('.editor-instance .cgmr[class*="TextEditorDecorationType"]');
    expect(await signs.count()).toBe(0);
    const switchedTo = async (isOn: boolean) => {
      stage.changeSettings({ "idiolect.tone.decorations": isOn });
      return (await signs.count()) > 0;
    };
    const patience = { interval: 3000, timeout: startLimitMs / 2 };
    await expect.poll(() => switchedTo(true), patience).toBe(true);
    const before = await signs.count();
    await workbench.cursorToEndOf("he shouted");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.keyboard.type("It was a wonderful, lovely day.");
    await expect.poll(() => signs.count(), patience).toBe(before + 1);
    await workbench.picture("tone-marks");
    while (await workbench.line("wonderful").isVisible()) {
      await workbench.page.keyboard.press("Control+z");
    }
    await expect.poll(() => signs.count(), patience).toBe(before);
    await expect.poll(() => switchedTo(false), patience).toBe(false);
  });
});
