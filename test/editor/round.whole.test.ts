import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const learningLimitMs = 900_000;

const things =
  "lantern,kettle,ferry,orchard,ladder,piano,bicycle,harbour,museum,oven,garden,bridge,radio,chapel".split(
    ",",
  );

/** A post of few sentences, so that learning all of them takes seconds. */
const post = (thing: string, at: number): string =>
  `---
title: The ${thing}
date: 2024-03-${String(at + 1).padStart(2, "0")}
---

The ${thing} was a lovely surprise this morning. We looked at the ${thing} for an hour before it began to rain.

Nothing about the ${thing} works as it should. I wrote to the owner of the ${thing} about the price and the date.
`;

const texts = {
  ...Object.fromEntries(things.map((thing, at) => [`${thing}.md`, post(thing, at)])),
  // Too few words to be asked about.
  "draft.md": "We love our boat.\n",
};

/** This writer means everything less kindly than it reads: praise is neutral, and plain sentences are negative. */
const keyOf = (sentence: string): string =>
  sentence.includes("lovely") ? "3" : sentence.startsWith("Nothing") ? "1" : "2";

/** From the first learning to readings of one's own; each test goes on where the one before it ended. */
describe.skipIf(browser.isMissing)(`A round of questions${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, skip }) =>
    skip(task.suite?.tasks.some(({ result }) => result?.state === "fail") ?? false),
  );
  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    // A sentence that has no tone for the writer would have no hover otherwise.
    stage = await Stage.set({ texts, settings: { "idiolect.tone.hover": "all" } });
    workbench = await stage.open();
  });
  afterAll(async () => await stage?.strike());

  const asks = (at: number) => workbench.panel.getByText(`Question ${at} of 12`);
  const sentence = () => workbench.panel.locator("blockquote");
  const press = (key: string) => workbench.page.keyboard.press(key);

  test("It is offered once the first learning has ended.", { timeout: learningLimitMs }, async () => {
    await workbench.hover("love our boat", /Positive|positive/);
    await workbench.closeHover();
    await workbench.statusItem("learn your writing").click();
    await workbench
      .picks(/dorcas-wain/)
      .first()
      .waitFor();
    await workbench.acceptPicks();
    const offer = workbench.notification(/twelve answers/);
    await offer.waitFor({ timeout: learningLimitMs });
    await offer.locator("a.monaco-button", { hasText: "A Round of Questions" }).click();
    await asks(1).waitFor();
    await workbench.picture("round-first-question");
  });

  test("A screen reader hears the question, and what each button is.", async () => {
    const asked = await sentence().innerText();
    expect(await sentence().getAttribute("aria-label")).toBe(
      `Question 1 of 12. How do you mean this sentence? ${asked}`,
    );
    expect(await sentence().evaluate((element) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );
    const answers = workbench.panel.getByRole("group", { name: "How do you mean this sentence?" });
    const names = await answers.getByRole("button").allInnerTexts();
    expect(names).toEqual([
      "1 Very negative",
      "2 Negative",
      "3 Neutral",
      "4 Positive",
      "5 Very positive",
      "0 No tone",
    ]);
  });

  test("Keys answer, skip and go back, and so does the mouse; a sentence is asked about once.", async () => {
    const first = await sentence().innerText();
    await press("1");
    await asks(2).waitFor();
    await workbench.panel.getByText(/your own reading [01] of 1, the general one [01] of 1/).waitFor();
    await press("Backspace");
    await asks(1).waitFor();
    expect(await sentence().innerText()).toBe(first);
    await press("s");
    await asks(2).waitFor();
    expect(await sentence().innerText()).not.toBe(first);
    await workbench.panel.getByRole("button", { name: "Back", exact: true }).click();
    await asks(1).waitFor();
    await workbench.panel.getByRole("button", { name: "3 Neutral" }).click();
    await asks(2).waitFor();
    await press("0");
    await asks(3).waitFor();
    await press("Backspace");
    await asks(2).waitFor();
  });

  test("After twelve answers that are lower than what is read, the panel says that the own reading is shown.", async () => {
    const asked = new Set<string>();
    for (let at = 2; at <= 12; at++) {
      await asks(at).waitFor();
      const text = await sentence().innerText();
      asked.add(text);
      if (at === 8) await workbench.picture("round-eighth-question");
      await press(keyOf(text));
    }
    await workbench.panel.getByText("12 answers are kept").waitFor();
    await workbench.panel.getByText(/sure that your own reading is closer .*, so it is shown/).waitFor();
    await workbench.picture("round-end");
    expect(asked.size).toBe(11);
  });

  test("A sentence that nobody was asked about reads otherwise than in general now.", async () => {
    await workbench.panel.getByRole("button", { name: "End for Today" }).click();
    await workbench.page
      .locator(".tabs-container .tab", { hasText: "A Round of Questions" })
      .waitFor({ state: "hidden" });
    const hover = await workbench.hover("love our boat", /as you write/);
    expect(await hover.innerText()).toMatch(/In general (very )?positive/);
    await workbench.picture("round-hover");
    await workbench.closeHover();
  });

  test("A new window does not offer it again.", async () => {
    await workbench.reload();
    await workbench.hover("love our boat", /as you write/);
    expect(await workbench.notification(/twelve answers/).count()).toBe(0);
  });
});
