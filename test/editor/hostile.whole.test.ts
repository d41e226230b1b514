import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");

const hostileSentence =
  "I love [this](command:workbench.action.closeWindow) ![evening](https://example.invalid/e.png) <img src=https://example.invalid/i.png onerror=alert(1)> so much \u202ehcum\u200b.";

/** Documents of somebody who means harm. */
const documents: Readonly<Record<string, string | Buffer>> = {
  "links.md": `---\ntitle: "<img src=x onerror=alert(1)>"\ntags: ["[a](command:b)", "<script>"]\n---\n\n${hostileSentence}\n`,
  "long-line.md": `I am glad of it. ${"na ".repeat(700_000)}\n`,
  "many-tags.md": `---\ntags: [${Array.from({ length: 10_000 }, (_, at) => `tag${at}`).join(", ")}]\n---\n\nThe river rose.\n`,
  "broken.md": Buffer.concat([
    Buffer.from("I am so happy "),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
    Buffer.from(" today.\n"),
  ]),
};

/** Hostile text can neither run, nor fetch, nor stall anything. */
describe.skipIf(browser.isMissing)(`A hostile document${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ learned: true });
    for (const [name, content] of Object.entries(documents)) {
      writeFileSync(join(stage.scene.workspace, name), content);
    }
  });
  afterAll(async () => await stage?.strike());

  test("shows in a hover without one active link, picture or element of its own.", async () => {
    workbench = await stage.open("links.md");
    const hover = await workbench.hover("I love", /For me it is/);
    expect(await hover.locator("img:not([src^='data:']), script, iframe").count()).toBe(0);
    const targets = await hover
      .locator("a")
      .evaluateAll((links) =>
        links.map((link) => link.getAttribute("data-href") ?? link.getAttribute("href") ?? ""),
      );
    const foreign = targets.filter(
      (target) => !/^(command:idiolect\.|file:|vscode-remote:|#|$)/.test(target),
    );
    expect(foreign).toEqual([]);
    await workbench.closeHover();
  });

  test("shows in the tone panel as plain text.", async () => {
    await workbench.command("Idiolect: Read Tone of Document");
    await workbench.panel.locator("svg.tone-plot").waitFor();
    expect(await workbench.panel.locator("main img, main script, main iframe").count()).toBe(0);
    await workbench.close();
  });

  for (const name of ["long-line.md", "many-tags.md", "broken.md"]) {
    test(`does not stall the editor: ${name}.`, async () => {
      workbench = await stage.open(name);
      await workbench.page.locator(".editor-instance").first().click();
      await workbench.page.keyboard.press("Control+Home");
      await workbench.page.keyboard.type("Still here. ");
      await workbench.line("Still here.").waitFor();
      await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor();
      await workbench.openQuickly("draft.md");
      await workbench.hover("Nothing lost", /For me it is/);
      await workbench.close();
    });
  }

  test("made nobody ask another machine for anything.", () => {
    expect(workbench.foreignRequests.filter((address) => /example\.invalid/.test(address))).toEqual([]);
    expect(stage.network.attempts().filter(({ host }) => /example\.invalid/.test(host))).toEqual([]);
    expect(stage.network.ownAttempts()).toEqual([]);
  });
});
