import type { Locator } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { needs } from "../prerequisite.ts";
import { accessibilityFindings } from "./harness/accessibility.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const longWaitMs = 150_000;
const patience = { timeout: 60_000 };

describe.skipIf(browser.isMissing)(`The dashboard${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ learned: true });
    {
      using store = openStore(stage.scene.store, { clock: () => Date.now() + 3_600_000 });
      const [writer] = store.writers.list();
      const active = store.profileVersions.active(writer!.id)!;
      const blobs = store.profileVersions.blobs(active.id);
      store.profileVersions.add(writer!.id, { ...active, blobs }, "activate");
    }
    workbench = await stage.open();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
    await workbench.command("Idiolect: Show Dashboard");
  });
  afterAll(async () => await stage?.strike());

  const page = () => workbench.panel.locator("main");

  test("shows tone and tags over time, and a click or the table opens a document.", async () => {
    await page().locator("svg.timeline-plot").first().waitFor({ timeout: longWaitMs });
    expect(await page().innerText()).toMatch(
      /Of 48 documents \d+ have more positive than negative sentences/,
    );
    await workbench.picture("dashboard-top");
    const points = page().locator("svg.timeline-plot").first().locator("circle");
    expect(await points.count()).toBe(48);
    expect(await points.first().locator("title").textContent()).toMatch(/^2023-10-14, .+: /);
    await points.first().click();
    await workbench.page.locator(".tabs-container .tab.active", { hasText: "2023-10-14" }).waitFor();
    await workbench.command("Idiolect: Show Dashboard");
    const table = page().locator("details", { hasText: "The same as a table" }).nth(1);
    await table.locator("summary").focus();
    await workbench.page.keyboard.press("Enter");
    const link = table.locator("button.link").first();
    const title = await link.innerText();
    await link.focus();
    await workbench.picture("dashboard-table");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".tabs-container .tab.active", { hasText: ".md" }).waitFor();
    expect(title.length).toBeGreaterThan(2);
    await workbench.command("Idiolect: Show Dashboard");
  });

  test("goes back to the version before.", async () => {
    const states = () => page().locator("table", { hasText: "Going back deletes none" }).locator("tbody tr");
    await states().first().waitFor({ timeout: longWaitMs });
    expect(await states().allInnerTexts()).toEqual([
      expect.stringContaining("in use"),
      expect.stringContaining("Go Back"),
    ]);
    await states().nth(1).getByRole("button", { name: "Go back to" }).click();
    await workbench.notification("is used from now on").waitFor();
    await expect.poll(async () => await states().nth(1).innerText(), patience).toContain("in use");
    await workbench.command("Notifications: Clear All Notifications");
  });

  test("has what is kept with Export, Import and Erase, and how much the own reading counts.", async () => {
    for (const name of ["Export", "Import", "Erase…", "All Settings"]) {
      await page().getByRole("button", { name, exact: true }).first().waitFor();
    }
    const strength = page().getByRole("slider", { name: "How much your own reading" });
    await strength.focus();
    await workbench.page.keyboard.press("Home");
    await expect.poll(() => page().locator("output").innerText(), patience).toBe("0 %");
    // Each step is a change of the setting, after which the keyboard is where it was.
    for (const step of ["5 %", "10 %"]) {
      await workbench.page.keyboard.press("ArrowRight");
      await expect.poll(() => page().locator("output").innerText(), patience).toBe(step);
    }
    await bringIntoView(strength);
    await workbench.picture("dashboard-end");
    await workbench.page.keyboard.press("End");
    await page().getByRole("button", { name: "Erase…" }).click();
    await workbench.page.getByText("Forget Dorcas Wain, and everything else that Idiolect keeps?").waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
  });

  test("shows what learning does, and when it may, and both are changed there by the keyboard.", async () => {
    await page().getByText("Nothing is being learned at the moment.").waitFor();
    const battery = page().getByRole("combobox", { name: "Learning on battery" });
    expect(await battery.inputValue()).toBe("pause");
    await battery.focus();
    await workbench.page.keyboard.press("ArrowDown");
    await expect.poll(() => stage.setting("idiolect.learning.onBattery"), patience).toBe("go on");
    const hours = page().getByRole("combobox", { name: "Hours of learning" });
    expect(await hours.inputValue()).toBe("always");
    await hours.focus();
    await workbench.page.keyboard.press("ArrowDown");
    await expect.poll(() => stage.setting("idiolect.learning.schedule"), patience).toBe("22:00-06:00");
    const until = page().getByLabel("until");
    await until.fill("07:30");
    await expect.poll(() => stage.setting("idiolect.learning.schedule"), patience).toBe("22:00-07:30");
    await bringIntoView(hours);
    await workbench.picture("dashboard-hours");
    expect(await accessibilityFindings(workbench.panel)).toEqual([]);
    stage.changeSettings({ "idiolect.learning.schedule": "always" });
    await expect.poll(() => hours.inputValue(), patience).toBe("always");
  });

  test("A report of a problem is shown before it can be copied, and says nothing that the writer wrote.", async () => {
    // The focus is in the panel, which hears keys before the window does.
    await workbench.page.locator(".tabs-container .tab", { hasText: "draft.md" }).click();
    await workbench.line("title:").click();
    await workbench.command("Idiolect: Report a Problem");
    await workbench.line("# Idiolect: report of a problem").waitFor();
    await workbench.notification("none of it is text of yours").waitFor();
    await workbench.picture("report-a-problem");
    const shown = await workbench.page.locator(".editor-instance .view-lines").first().innerText();
    const text = shown.replaceAll("\u00a0", " ");
    expect(text).toContain("writers: 1");
    expect(text).not.toMatch(/Dorcas|dorcas|\/tmp\/|bridge/);
    await workbench.notification("none of it is text of yours").getByText("Copy Report").waitFor();
  });
});

/** The page may be drawn anew meanwhile. */
async function bringIntoView(part: Locator): Promise<void> {
  const isInView = () =>
    part.scrollIntoViewIfNeeded().then(
      () => true,
      () => false,
    );
  await expect.poll(isInView).toBe(true);
}
