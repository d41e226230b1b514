import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { madeUpAnswer, madeUpBlog, madeUpDraft, madeUpParagraph } from "./harness/made-up-blog.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const learningLimitMs = 900_000;

/** The same told by somebody who has doubts in place of afterthoughts. */
const rewritten = (passage: string): string =>
  passage.replaceAll(/ -- [a-z ]+\.\.\./g, ", it seems to me, perhaps.");

/** From the first learning to a word that is written; each test goes on where the one before it ended. */
describe.skipIf(browser.isMissing)(`The whole way of a writer${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;
  let clicksBefore: number;

  beforeEach(({ task, skip }) =>
    skip(task.suite?.tasks.some(({ result }) => result?.state === "fail") ?? false),
  );
  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    // A sentence that has no tone for the writer would have no hover otherwise.
    const settings = { "idiolect.tone.hover": "all", "idiolect.voice.enabled": true };
    stage = await Stage.set({ texts: madeUpBlog, settings });
    workbench = await stage.open();
  });
  afterAll(async () => await stage?.strike());

  const asks = (at: number) => workbench.panel.getByText(`Question ${at} of 12`);
  const hovered = async (): Promise<string> => {
    const hover = await workbench.hover(madeUpDraft, /[Pp]ositive|[Nn]eutral|[Nn]o tone/);
    const text = await hover.innerText();
    await workbench.closeHover();
    return text;
  };

  test("A sentence reads in general, the writer's documents are learned, and the round of questions is offered.", {
    timeout: learningLimitMs,
  }, async () => {
    expect(await hovered()).not.toMatch(/as you write/);
    clicksBefore = await workbench.clicks();
    await workbench.statusItem("learn your writing").click();
    await workbench
      .picks(/dorcas-wain/)
      .first()
      .waitFor();
    await workbench.acceptPicks();
    const offer = workbench.notification(/twelve answers/);
    await offer.waitFor({ timeout: learningLimitMs });
    expect(await hovered()).not.toMatch(/as you write/);
    await offer.locator("a.monaco-button", { hasText: "A Round of Questions" }).click();
  });

  test("Twelve answers open the gate.", async () => {
    for (let at = 1; at <= 12; at++) {
      await asks(at).waitFor();
      await workbench.page.keyboard.press(
        madeUpAnswer(await workbench.panel.locator("blockquote").innerText()),
      );
    }
    await workbench.panel.getByText("12 answers are kept").waitFor();
    await workbench.panel.getByText(/sure that your own reading is closer .*, so it is shown/).waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.page
      .locator(".tabs-container .tab", { hasText: "A Round of Questions" })
      .waitFor({ state: "hidden" });
  });

  test("The sentence, about which nobody asked, reads otherwise than before, three clicks and twelve keys after the offer.", async () => {
    const hover = await workbench.hover(madeUpDraft, /as you write/);
    const [own = ""] = (await hover.innerText()).trim().split("\n");
    expect(own).not.toMatch(/positive/i);
    expect(await hover.innerText()).toMatch(/In general (very )?positive/);
    expect((await workbench.clicks()) - clicksBefore).toBe(3);
    await workbench.picture("journey-hover");
    await workbench.closeHover();
  });

  test("Of a new document, the paragraph that somebody else wrote anew is marked, and the words that are unlike the writer.", async () => {
    const [own, other] = [madeUpParagraph("violin", 500), rewritten(madeUpParagraph("mirror", 501))];
    const letter = `${own}\n\n${other}\n\nThe lantern was dark.\n`;
    writeFileSync(join(stage.scene.workspace, "letter.md"), letter);
    await workbench.openQuickly("letter.md");
    await workbench.line("lantern was dark").click();
    await workbench.command("Idiolect: Does This Sound Like Me?");
    const headings = workbench.panel.getByRole("heading", { name: /^Line \d+: / });
    await headings.first().waitFor();
    await workbench.picture("journey-voice");
    expect(await headings.allInnerTexts()).toEqual([
      expect.stringMatching(/^Line 1: sounds like you: \d+ of 10/),
      expect.stringMatching(/^Line 3: (hardly sounds like you|sounds little like you)/),
      "Line 5: too short to tell",
    ]);
    const unlike = await workbench.panel.getByText(/^Least like you: /).allInnerTexts();
    expect(unlike.at(-1)).toMatch(/perhaps|seems/);
    expect((await workbench.panel.locator("mark").allInnerTexts()).join(" ")).toMatch(/perhaps|seems/);
    await workbench.panel.getByText(/It does not tell who wrote it/).waitFor();
    await workbench.closePanel("Voice");
  });

  test("Words that the writer would use are listed, and Tab writes one in place of the selected word.", async () => {
    await workbench.cursorToEndOf("lantern was dark");
    await workbench.page.keyboard.press("ArrowLeft");
    await workbench.page.keyboard.press("Control+Shift+ArrowLeft");
    await workbench.command("Idiolect: Words I Would Use");
    await workbench
      .picks(/in general \d+ %/)
      .first()
      .waitFor();
    await workbench.picture("journey-words");
    const focused = workbench.quickInput.locator(".monaco-list-row.focused .label-name").first();
    const word = await focused.innerText();
    expect(word).not.toBe("dark");
    await workbench.page.keyboard.press("Tab");
    await workbench.line(`The lantern was ${word}.`).waitFor();
  });
});
