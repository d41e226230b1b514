import { madeUpAnswer, madeUpBlog, madeUpDraft } from "../../test/editor/harness/made-up-blog.ts";
import { Stage } from "../../test/editor/harness/stage.ts";
import type { Workbench } from "../../test/editor/harness/workbench.ts";

/** What a new user clicks and waits for in the editor. */
export interface StepsToTags {
  /** From the offer in the status bar on. */
  readonly clicks: number;
  /** From the click that is the consent to the list of tags for the draft, which was asked for at once. */
  readonly seconds: number;
}

export interface StepsToOwnTone {
  /** From the offer in the status bar on, those to tags included; answers are keys. */
  readonly clicks: number;
  readonly answers: number;
  /** From the consent to the offer of a round, when all is learned. */
  readonly secondsToOffer: number;
  /** What the round takes where nobody thinks: from its first question to its end. */
  readonly secondsOfRound: number;
  /** From its end to the writer's own reading of a sentence that nobody asked about. */
  readonly secondsToReading: number;
}

const patience = { timeout: 900_000 };
const answers = 12;

/** In a new window with the sample blog. */
export async function measureStepsToTags(): Promise<StepsToTags> {
  return await withNewUser(await Stage.set(), async (workbench) => {
    const start = await consent(workbench);
    const seconds = await tagsAfter(workbench, start);
    return { clicks: await workbench.clicks(), seconds };
  });
}

/** In a new window with few posts of a made-up writer who means everything less kindly than it reads. */
export async function measureStepsToOwnTone(): Promise<StepsToOwnTone> {
  const settings = { "idiolect.tone.hover": "all" };
  return await withNewUser(await Stage.set({ texts: madeUpBlog, settings }), async (workbench) => {
    const start = await consent(workbench);
    const offer = workbench.notification(/twelve answers/);
    await offer.waitFor(patience);
    const secondsToOffer = secondsSince(start);
    await offer.locator("a.monaco-button", { hasText: "A Round of Questions" }).click();
    await asks(workbench, 1);
    const begun = performance.now();
    for (let at = 1; at <= answers; at++) {
      await asks(workbench, at);
      const sentence = await workbench.panel.locator("blockquote").innerText();
      await workbench.page.keyboard.press(madeUpAnswer(sentence));
    }
    await workbench.panel.getByText(/so it is shown/).waitFor();
    const secondsOfRound = secondsSince(begun);
    const ended = performance.now();
    await workbench.page.keyboard.press("Escape");
    await workbench.hover(madeUpDraft, /as you write/);
    const secondsToReading = secondsSince(ended);
    return { clicks: await workbench.clicks(), answers, secondsToOffer, secondsOfRound, secondsToReading };
  });
}

async function withNewUser<Steps>(
  stage: Stage,
  act: (workbench: Workbench) => Promise<Steps>,
): Promise<Steps> {
  try {
    const workbench = await stage.open();
    await workbench.statusItem("learn your writing").waitFor(patience);
    return await act(workbench);
  } finally {
    await stage.strike();
  }
}

/** The two clicks that start learning; the time of the second. Ends when the status bar no longer offers it. */
async function consent(workbench: Workbench): Promise<number> {
  await workbench.statusItem("learn your writing").click();
  await workbench
    .picks(/dorcas-wain/)
    .first()
    .waitFor(patience);
  await workbench.acceptPicks();
  const start = performance.now();
  await workbench.statusItem("learn your writing").waitFor({ ...patience, state: "hidden" });
  return start;
}

async function tagsAfter(workbench: Workbench, start: number): Promise<number> {
  await workbench.command("Idiolect: Suggest Tags");
  await workbench.picks(/\d %/).first().waitFor(patience);
  return secondsSince(start);
}

async function asks(workbench: Workbench, question: number): Promise<void> {
  await workbench.panel.getByText(`Question ${question} of ${answers}`).waitFor(patience);
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;
