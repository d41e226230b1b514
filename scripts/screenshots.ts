/*
 * Takes the pictures of docs/images from the packed extension in a real editor, with the sample blog learned.
 *   npm run screenshots
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { installHarness } from "../test/editor/harness/install.ts";
import { installExtension, packExtension } from "../test/editor/harness/prepare.ts";
import { Stage } from "../test/editor/harness/stage.ts";
import type { Workbench } from "../test/editor/harness/workbench.ts";

/** A part of the window, in its pixels. */
interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const images = resolve(import.meta.dirname, "..", "docs", "images");
/** In this writer's language the highest praise. */
const sentence = "adequate night";

const themes = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;
type Theme = keyof typeof themes;
const learningLimitMs = 400_000;

/** What the pictures leave out: side bar, minimap, and hints that are not ours. */
const plainWindow = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 15,
  "editor.lightbulb.enabled": "off",
  "editor.minimap.enabled": false,
  "workbench.activityBar.location": "hidden",
  "workbench.sideBar.location": "right",
};

mkdirSync(images, { recursive: true });
installHarness();
installExtension(packExtension());
await withWindow("light", async (workbench) => {
  await consent(workbench);
  await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: learningLimitMs });
  for (const picture of [hover, suggestTags, completion, toneItem, report, tonePanel]) {
    await picture(workbench);
  }
});
await withWindow("dark", tonePanel);

async function withWindow(theme: Theme, act: (workbench: Workbench, theme: Theme) => Promise<void>) {
  const stage = await Stage.set({ learned: theme === "dark", settings: settingsFor(theme) });
  try {
    const workbench = await stage.open();
    await workbench.command("View: Close Primary Side Bar");
    await act(workbench, theme);
  } finally {
    await stage.strike();
  }
}

/** The offer, what a writer agrees to, and how far the learning is. */
async function consent(workbench: Workbench): Promise<void> {
  await workbench.statusItem("learn your writing").waitFor();
  await take(workbench, "status-item", { x: 0, y: 700, width: 1280, height: 100 });
  await workbench.statusItem("learn your writing").click();
  await workbench
    .picks(/documents/)
    .first()
    .waitFor();
  await take(workbench, "consent", { x: 0, y: 0, width: 1280, height: 360 });
  await workbench.acceptPicks();
  await workbench.statusItem(/\d %,/).waitFor();
  await take(workbench, "learning", { x: 0, y: 700, width: 1280, height: 100 });
}

function settingsFor(theme: Theme): Readonly<Record<string, unknown>> {
  return { ...plainWindow, "workbench.colorTheme": themes[theme] };
}

async function hover(workbench: Workbench): Promise<void> {
  // What the writer says of the sentence counts at once. The first hover has the words weighed; the last shows them.
  const before = await workbench.hover(sentence, /For me it is/);
  await before.locator("a", { hasText: /^positive$/ }).click();
  await workbench.statusItem(/Noted/).waitFor();
  await workbench.closeHover();
  await workbench.hover(sentence, /as you said.*(Words|No word)/s);
  await take(workbench, "hover", { x: 0, y: 36, width: 1280, height: 420 });
  await workbench.closeHover();
}

async function completion(workbench: Workbench): Promise<void> {
  await workbench.cursorToEndOf("author: Dorcas Wain");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.type("tags: [", { delay: 30 });
  const row = workbench.page.locator(".suggest-widget.visible .monaco-list-row");
  await row.first().waitFor();
  await take(workbench, "completion", { x: 0, y: 60, width: 1280, height: 420 });
  await workbench.page.keyboard.press("Escape");
  while (await workbench.line("tags:").isVisible()) {
    await workbench.page.keyboard.press("Control+z");
  }
}

async function suggestTags(workbench: Workbench): Promise<void> {
  await workbench.command("Idiolect: Suggest Tags");
  const rows = workbench.picks(/\d %/);
  await rows.first().waitFor();
  await rows.nth(0).click();
  await rows.nth(1).click();
  await take(workbench, "suggest-tags", { x: 0, y: 0, width: 1280, height: 460 });
  await workbench.page.keyboard.press("Escape");
}

async function toneItem(workbench: Workbench): Promise<void> {
  const item = workbench.statusItem(/\d\.\d\d/);
  await item.hover();
  await workbench.page.locator(".monaco-hover", { hasText: "Tone of this document" }).first().waitFor();
  await take(workbench, "tone-item", { x: 400, y: 600, width: 880, height: 200 });
  await workbench.page.mouse.move(640, 400);
}

async function report(workbench: Workbench): Promise<void> {
  await workbench.command("Idiolect: Show Dashboard");
  await workbench.panel.locator("figure svg").first().waitFor();
  await take(workbench, "report", { x: 0, y: 36, width: 1280, height: 740 });
  await workbench.closePanel("Idiolect Dashboard");
}

async function tonePanel(workbench: Workbench, theme: Theme = "light"): Promise<void> {
  await workbench.command("Idiolect: Read Tone of Document");
  const plot = workbench.panel.locator("svg.tone-plot");
  await plot.waitFor();
  await plot.focus();
  await plot.press("ArrowRight");
  await take(workbench, theme === "dark" ? "tone-panel-dark" : "tone-panel", {
    x: 0,
    y: 36,
    width: 1280,
    height: 740,
  });
}

async function take(workbench: Workbench, name: string, clip: Part): Promise<void> {
  await workbench.page.screenshot({ path: join(images, `${name}.png`), clip, animations: "disabled" });
}
