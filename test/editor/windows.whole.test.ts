import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import { restricted } from "./harness/steps.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");

/** Windows come and go, two share one store, and a folder may be untrusted. */
describe.skipIf(browser.isMissing)(`Windows${browser.note}`, () => {
  let stage: Stage;
  let first: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await first?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ learned: true, settings: restricted });
    first = await stage.open();
  });
  afterAll(async () => await stage?.strike());

  test("In Restricted Mode everything is read as elsewhere.", async () => {
    await first.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
    await first.statusItem(/^\s*Idiolect\s*$/).waitFor();
    await first.hover("Nothing lost", /For me it is/);
    await first.closeHover();
  });

  test("What was taught in one window is read in a second one.", async () => {
    const second = await stage.open();
    await second.statusItem(/^\s*Idiolect\s*$/).waitFor();
    await second.hover("Nothing lost", /For me it is/);
    await second.closeHover();
    const hover = await first.hover("Nothing lost", /For me it is/);
    await hover.locator("a", { hasText: "positive" }).click();
    await first.statusItem("Noted: positive for you").waitFor();
    await second.hover("Nothing lost", /as you said/);
    await second.close();
  });

  test("A reload of the window brings everything back, with what was taught.", async () => {
    await first.reload();
    await first.statusItem(/^\s*Idiolect\s*$/).waitFor();
    await first.hover("Nothing lost", /as you said/);
  });

  test("The walkthrough shows its pictures, and the extension's page none that are broken.", async () => {
    const page = first.page
      .frameLocator("iframe.webview.ready >> visible=true")
      .frameLocator("#active-frame");
    // Where there is little room a walkthrough shows its steps alone.
    await first.command("View: Close Primary Side Bar");
    await first.command("Welcome: Open Walkthrough...");
    await first.picks("Your Own Way of Writing").first().click();
    await page.locator("img").first().waitFor();
    const width = () =>
      page
        .locator("img")
        .first()
        .evaluate((one) => (one as unknown as { readonly naturalWidth: number }).naturalWidth);
    await expect.poll(width, { timeout: 20_000 }).toBeGreaterThan(0);
    await first.picture("walkthrough");
    await first.closePanel("Welcome");
    await first.command("Extensions: Show Installed Extensions");
    await first.page.locator(".extension-list-item", { hasText: "Idiolect" }).first().click();
    await page.locator("h1", { hasText: "Idiolect" }).waitFor();
    expect(await page.locator("img").count()).toBe(0);
    await first.closePanel("Extension: Idiolect");
  });

  test("No notification was shown.", async () => {
    expect(await first.page.locator(".notification-toast:visible").count()).toBe(0);
  });
});
