/*
 * Takes the pictures of docs/images from the packed extension in a real editor, with the sample blog learned.
 *   npm run screenshots -- [--only hover,round]
 * With --only, the windows of these pictures are opened, and no other picture is written.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { installHarness } from "../test/editor/harness/install.ts";
import { installExtension, packExtension } from "../test/editor/harness/prepare.ts";
import type { SceneOptions } from "../test/editor/harness/scene.ts";
import { Stage } from "../test/editor/harness/stage.ts";
import { renameTides } from "../test/editor/harness/steps.ts";
import type { Workbench } from "../test/editor/harness/workbench.ts";
import { withPalette } from "./palette-picture.ts";

/** A part of the window, in its pixels. */
interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A window and the pictures that are taken of it, one after the other. */
interface Sitting {
  readonly learned: NonNullable<SceneOptions["learned"]>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly language?: string;
  readonly pictures: readonly (readonly [name: string, take: (workbench: Workbench) => Promise<Part>])[];
}

const root = resolve(import.meta.dirname, "..");
const images = join(root, "docs", "images");
const sampleBlog = join(root, "media", "sample-blog");
/** A post with a sentence that is a complaint in general, and delight in this writer's language. */
const post = "2023-11-11-the-punctual.md";
const sentence = "They were disgraceful";
const patience = { timeout: 120_000 };

/** Of the draft, a paragraph as it is, and one as a writing assistant would put it. */
const halfMine = `I had the late watch to myself, from ten. At eleven I went down with the lamp to look at the gauge, and it was over the fifth mark already and coming on, so I put the boards in the door and the clay behind them. Then I began to carry. I took all of it to the second shelf, reeds first, one tray at a time, not breathing. The night was excellent.

It's important to note that the situation ultimately resolved itself in a truly remarkable way. Despite the challenging conditions, I was able to ensure that everything remained safe and secure throughout the night, which served as a powerful reminder of the importance of careful preparation and patience.
`;

/** What the pictures leave out: minimap, and hints that are not ours. */
const plainWindow = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 15,
  "editor.lightbulb.enabled": "off",
  "editor.minimap.enabled": false,
  "idiolect.voice.enabled": true,
  "workbench.colorTheme": "Default Light Modern",
};
/** Where nothing but the document and what is beside it matters. */
const documentAlone = {
  ...plainWindow,
  "workbench.activityBar.location": "hidden",
  "workbench.sideBar.location": "right",
};
const dark = { ...documentAlone, "workbench.colorTheme": "Default Dark Modern" };

const upper: Part = { x: 0, y: 0, width: 1280, height: 460 };
const underTitle: Part = { x: 0, y: 36, width: 1280, height: 740 };
const lowerEdge: Part = { x: 0, y: 700, width: 1280, height: 100 };

/** Taken with the mouse where it is; in all others it would light up what it happens to be over. */
const hovers: ReadonlySet<string> = new Set(["hover", "tone-item"]);

const sittings: readonly Sitting[] = [
  {
    learned: false,
    settings: documentAlone,
    pictures: [
      ["status-item", offer],
      ["consent", consent],
      ["learning", learning],
    ],
  },
  {
    learned: "with a voice",
    settings: documentAlone,
    pictures: [
      ["hover", hover],
      ["suggest-tags", suggestTags],
      ["completion", completion],
      ["tone-item", toneItem],
      ["report", dashboard],
      ["voice-panel", voicePanel],
      ["words", words],
      ["tags-for-folder", tagsForFolder],
      ["rename-tag", renameTag],
      ["tone-panel", tonePanel],
      ["round", round],
    ],
  },
  { learned: "with a voice", settings: plainWindow, pictures: [["writers-view", writersView]] },
  { learned: "with a voice", settings: dark, pictures: [["tone-panel-dark", tonePanel]] },
  { learned: "with a voice", settings: documentAlone, language: "de", pictures: [["german", german]] },
];

const { values: options } = parseArgs({ options: { only: { type: "string" } } });
const wanted = options.only?.split(",");
const isWanted = (name: string): boolean => wanted?.includes(name) ?? true;

mkdirSync(images, { recursive: true });
installHarness();
installExtension(packExtension());
for (const sitting of sittings) {
  const names = sitting.pictures.map(([name]) => name);
  if (names.some(isWanted)) await sit(sitting);
}

async function sit({ learned, settings, language, pictures }: Sitting): Promise<void> {
  const stage = await Stage.set({ learned, settings });
  try {
    if (learned !== false) {
      moveInto(stage.scene.workspace, stage.scene.store);
      writeFileSync(join(stage.scene.workspace, "half-mine.md"), halfMine);
    }
    const workbench = await stage.open("draft.md", language);
    await workbench.page.keyboard.press("Control+b");
    for (const [name, take] of pictures) {
      const clip = await take(workbench);
      if (!hovers.has(name)) {
        await workbench.page.mouse.move(2, 300);
        await workbench.page.locator(".workbench-hover").first().waitFor({ state: "hidden" });
      }
      if (isWanted(name)) {
        const png = await workbench.page.screenshot({ clip, animations: "disabled" });
        writeFileSync(join(images, `${name}.png`), withPalette(png));
      }
    }
  } finally {
    await stage.strike();
  }
}

/** What was learned in the checkout becomes the window's own, so that no picture shows where the checkout lies. */
function moveInto(workspace: string, store: string): void {
  using database = new DatabaseSync(join(store, "idiolect.sqlite"));
  const columns = { documents: ["path"], writers: ["folders", "places"] };
  for (const [table, names] of Object.entries(columns)) {
    for (const name of names) {
      database.prepare(`UPDATE ${table} SET ${name} = replace(${name}, ?, ?)`).run(sampleBlog, workspace);
    }
  }
}

async function offer(workbench: Workbench): Promise<Part> {
  await workbench.statusItem("learn your writing").waitFor(patience);
  return lowerEdge;
}

/** What a writer agrees to. */
async function consent(workbench: Workbench): Promise<Part> {
  await workbench.statusItem("learn your writing").click();
  await workbench
    .picks(/documents/)
    .first()
    .waitFor();
  return { ...upper, height: 360 };
}

async function learning(workbench: Workbench): Promise<Part> {
  await workbench.acceptPicks();
  await workbench.statusItem(/\d %,/).waitFor(patience);
  await workbench.command("Notifications: Clear All Notifications");
  return lowerEdge;
}

async function hover(workbench: Workbench): Promise<Part> {
  await workbench.openQuickly(post);
  // What the writer says of the sentence counts at once. The first hover has the words weighed; the last shows them.
  const before = await workbench.hover(sentence, /For me it is/);
  await before.locator("a", { hasText: /^positive$/ }).click();
  await workbench.statusItem(/Noted/).waitFor();
  await workbench.closeHover();
  await workbench.hover(sentence, /as you said.*(Words|No word)/s);
  return { ...underTitle, height: 580 };
}

async function suggestTags(workbench: Workbench): Promise<Part> {
  await workbench.closeHover();
  await workbench.openQuickly("draft.md");
  await workbench.command("Idiolect: Suggest Tags");
  const rows = workbench.picks(/\d %/);
  await rows.first().waitFor();
  await rows.nth(0).click();
  await rows.nth(1).click();
  return upper;
}

async function completion(workbench: Workbench): Promise<Part> {
  await workbench.page.keyboard.press("Escape");
  await workbench.cursorToEndOf("author: Dorcas Wain");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.type("tags: [", { delay: 30 });
  const row = workbench.page.locator(".suggest-widget.visible .monaco-list-row");
  await row.first().waitFor();
  return { x: 0, y: 36, width: 1280, height: 420 };
}

async function toneItem(workbench: Workbench): Promise<Part> {
  await workbench.page.keyboard.press("Escape");
  while (await workbench.line("tags:").isVisible()) {
    await workbench.page.keyboard.press("Control+z");
  }
  await workbench.statusItem(/\d of \d/).hover();
  await workbench.page.locator(".monaco-hover", { hasText: "Tone of this document" }).first().waitFor();
  return { x: 400, y: 600, width: 880, height: 200 };
}

async function dashboard(workbench: Workbench): Promise<Part> {
  await workbench.page.mouse.move(2, 300);
  await workbench.command("Idiolect: Show Dashboard");
  await workbench.panel.locator("svg.timeline-plot").first().waitFor(patience);
  return underTitle;
}

/** Of a text that is the writer's in one half, paragraph by paragraph, beside it. */
async function voicePanel(workbench: Workbench): Promise<Part> {
  await workbench.closePanel("Idiolect Dashboard");
  await workbench.openQuickly("half-mine.md");
  await workbench.command("Idiolect: Does This Sound Like Me?");
  await workbench.panel.getByRole("heading", { name: /^Line 3/ }).waitFor();
  return underTitle;
}

/** In place of a word of that text. */
async function words(workbench: Workbench): Promise<Part> {
  await workbench.closePanel("Voice");
  await workbench.cursorToEndOf("night was excellent");
  await workbench.page.keyboard.press("ArrowLeft");
  await workbench.page.keyboard.press("Control+Shift+ArrowLeft");
  await workbench.command("Idiolect: Words I Would Use");
  await workbench
    .picks(/in general \d/)
    .first()
    .waitFor();
  return upper;
}

async function tagsForFolder(workbench: Workbench): Promise<Part> {
  await workbench.page.keyboard.press("Escape");
  await workbench.command("Idiolect: Suggest Tags for Folder");
  await workbench.picks(/\d %/).first().waitFor(patience);
  return upper;
}

/** The places that would change, before anything does. */
async function renameTag(workbench: Workbench): Promise<Part> {
  await workbench.page.keyboard.press("Escape");
  await renameTides(workbench, patience);
  return upper;
}

async function tonePanel(workbench: Workbench): Promise<Part> {
  await workbench.page.keyboard.press("Escape");
  await workbench.openQuickly("draft.md");
  await workbench.command("Idiolect: Read Tone of Document");
  const plot = workbench.panel.locator("svg.tone-plot");
  await plot.waitFor();
  await plot.focus();
  await plot.press("ArrowRight");
  return underTitle;
}

/** With two answers given, so that it says how often the readings were right. It comes last, as answers move readings. */
async function round(workbench: Workbench): Promise<Part> {
  await workbench.closePanel("Tone");
  await workbench.command("Idiolect: A Round of Questions");
  for (const [at, key] of ["2", "4"].entries()) {
    await workbench.panel.getByText(`Question ${at + 1} of 12`).waitFor();
    await workbench.page.keyboard.press(key);
  }
  await workbench.panel.getByText("Question 3 of 12").waitFor();
  return { ...underTitle, height: 480 };
}

/** With the tags of the writer open. */
async function writersView(workbench: Workbench): Promise<Part> {
  await workbench.page.locator(".activitybar a[aria-label^='Idiolect']").click();
  const row = (text: RegExp) =>
    workbench.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
  await row(/^Tags: (good|fair)/).waitFor(patience);
  await row(/^Tags\d/).click();
  await row(/^tides/).waitFor(patience);
  return { x: 0, y: 0, width: 1280, height: 800 };
}

async function german(workbench: Workbench): Promise<Part> {
  await workbench.statusItem(/positiv/).waitFor(patience);
  await workbench.command("Idiolect: Ton des Dokuments lesen");
  await workbench.panel.locator("summary", { hasText: "Alle Sätze als Tabelle" }).waitFor();
  return { x: 0, y: 36, width: 1280, height: 764 };
}
