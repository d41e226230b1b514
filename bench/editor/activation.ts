import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../test/editor/harness/browser.ts";
import { createScene, extensionsFolder } from "../../test/editor/harness/scene.ts";
import { startServer } from "../../test/editor/harness/vscode-server.ts";
import { Workbench } from "../../test/editor/harness/workbench.ts";
import { type Spread, spreadOf } from "../spread.ts";

const windows = 7;
/** So long after a window shows its document all extensions that start with it have started. */
const settledMs = 6_000;

/**
 * Milliseconds from reading the extension's code to the end of `activate`, as *Developer: Show Running
 * Extensions* tells them, in windows of fresh editors that open with a Markdown document.
 */
export async function measureActivation(): Promise<Spread> {
  const browser = await launchBrowser();
  try {
    const times: number[] = [];
    while (times.length < windows) times.push(await activationOfOneWindow(browser));
    return spreadOf(times);
  } finally {
    await browser.close();
  }
}

/** An editor of its own, because one that was used keeps the extension hosts of windows that are closed. */
async function activationOfOneWindow(browser: Browser): Promise<number> {
  const { dataFolder, environment, workspace, remove } = createScene();
  const server = await startServer({ dataFolder, extensionsFolder, environment });
  try {
    const file = join(workspace, "draft.md");
    return await shownActivation(await Workbench.open(browser, server, { folder: workspace, file }));
  } finally {
    await server.stop();
    remove();
  }
}

async function shownActivation(workbench: Workbench): Promise<number> {
  const { page } = workbench;
  await page.waitForTimeout(settledMs);
  // The list draws only the rows that have room.
  await page.setViewportSize({ width: 1280, height: 4000 });
  await workbench.command("Developer: Show Running Extensions");
  const row = page.locator(".runtime-extensions-editor .extension", { hasText: "Idiolect" });
  const shown = await row.locator(".activation-time").innerText();
  await page.context().close();
  const milliseconds = /(\d+)\s*ms/.exec(shown)?.[1];
  if (milliseconds === undefined) throw new Error(`The editor shows no time of activation, but: ${shown}`);
  return Number(milliseconds);
}
