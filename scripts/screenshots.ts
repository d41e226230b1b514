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
const sentence = "half past twelve";

const themes = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;
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
await consent();
await learned("light", [hover, completion, suggestTags, toneItem, report, tonePanel]);
await learned("dark", [tonePanel]);

/** Before anything was learned: the offer, and what a writer agrees to. */
async function consent(): Promise<void> {
  const stage = await Stage.set({ settings: settingsFor("light") });
  try {
    const workbench = await stage.open();
    await workbench.command("View: Close Primary Side Bar");
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
  } finally {
    await stage.strike();
  }
}

type Picture = (workbench: Workbench, suffix: string) => Promise<void>;

async function learned(theme: keyof typeof themes, pictures: readonly Picture[]): Promise<void> {
  const stage = await Stage.set({ learned: true, settings: settingsFor(theme) });
  try {
    const workbench = await stage.open();
    await workbench.command("View: Close Primary Side Bar");
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
    for (const picture of pictures) {
      await picture(workbench, theme === "dark" ? "-dark" : "");
    }
  } finally {
    await stage.strike();
  }
}

function settingsFor(theme: keyof typeof themes): Readonly<Record<string, unknown>> {
  return { ...plainWindow, "workbench.colorTheme": themes[theme] };
}

async function hover(workbench: Workbench): Promise<void> {
  // The first hover has the words weighed; the second one shows them.
  await workbench.hover(sentence, /For me it is/);
  await workbench.closeHover();
  await workbench.hover(sentence, /Words:|No word/);
  await take(workbench, "hover", { x: 0, y: 60, width: 1280, height: 500 });
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
  const item = workbench.statusItem(/positive|negative|neutral|tone/);
  await item.hover();
  await workbench.page.locator(".monaco-hover", { hasText: "Tone of this document" }).first().waitFor();
  await take(workbench, "tone-item", { x: 640, y: 540, width: 640, height: 260 });
  await workbench.page.mouse.move(640, 400);
}

async function report(workbench: Workbench): Promise<void> {
  await workbench.command("Idiolect: Show Report");
  await workbench.panel.locator("figure svg").first().waitFor();
  await take(workbench, "report", { x: 0, y: 36, width: 1280, height: 740 });
  await workbench.closePanel("Idiolect Report");
}

async function tonePanel(workbench: Workbench, suffix: string): Promise<void> {
  await workbench.command("Idiolect: Read Tone of Document");
  const plot = workbench.panel.locator("svg.tone-plot");
  await plot.waitFor();
  await plot.focus();
  await plot.press("ArrowRight");
  await take(workbench, `tone-panel${suffix}`, { x: 0, y: 36, width: 1280, height: 740 });
}

async function take(workbench: Workbench, name: string, clip: Part): Promise<void> {
  await workbench.page.screenshot({ path: join(images, `${name}.png`), clip, animations: "disabled" });
}
