import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const learningLimitMs = 900_000;

/** Of two subjects, so that tags have something to tell apart. */
const gardenDays = [
  "Heute Morgen habe ich die Bohnen gegossen, und der Boden war so trocken wie nie.",
  "Die Tomaten stehen an der Mauer, weil es dort am Abend noch lange warm bleibt.",
  "Meine Nachbarin brachte mir einen Korb mit Birnen und blieb den halben Nachmittag.",
  "Der Kompost ist endlich reif, er riecht nach Wald und nicht mehr nach Küche.",
];
const trainDays = [
  "Der Zug nach Norden hatte zwanzig Minuten Verspätung, und niemand wusste, warum.",
  "Im Wagen saß ein alter Mann, der jedem die Geschichte seiner Koffer erzählte.",
  "Kurz hinter der Brücke hielten wir auf freier Strecke und sahen den Kühen zu.",
  "Der Bahnhof ist seit Jahren geschlossen, nur die Uhr geht noch richtig.",
];

/** A writer of German, from the offer to learn to what is said of a document. */
describe.skipIf(browser.isMissing)(`A writer of another language${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, skip }) =>
    skip(task.suite?.tasks.some(({ result }) => result?.state === "fail") ?? false),
  );
  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set();
    const { workspace } = stage.scene;
    rmSync(workspace, { recursive: true });
    mkdirSync(workspace);
    for (let day = 0; day < 12; day++) {
      const [days, tag] = day % 2 === 0 ? [gardenDays, "garten"] : [trainDays, "bahn"];
      const text = [0, 1, 2].map((at) => days[(day + at) % days.length]).join(" ");
      const head = `title: Tag ${day + 1}\ndate: 2024-05-${10 + day}\ntags: [${tag}]`;
      writeFileSync(join(workspace, `tag-${day + 1}.md`), `---\n${head}\n---\n\n${text}\n`);
    }
    writeFileSync(join(workspace, "draft.md"), `${trainDays.join(" ")}\n`);
    workbench = await stage.open();
  });
  afterAll(async () => await stage?.strike());

  test("is told in the list of folders, before anything is learned: tags yes, tone and voice no.", async () => {
    await workbench.statusItem("learn your writing").click();
    const proposal = workbench.picks(/dorcas-wain/).first();
    await proposal.waitFor();
    const told = await proposal.innerText();
    expect(told).toContain("German");
    expect(told).toContain("not English: tags yes, tone and voice no");
    await workbench.picture("consent-other-language");
  });

  test("is told again when learning begins, and how to insist.", async () => {
    await workbench.acceptPicks();
    const toast = workbench.notification("tags yes, tone and voice no");
    await toast.waitFor();
    expect(await toast.innerText()).toContain("idiolect.corpus.languages");
  });

  test("has tags when learning ends, for which no tone was trained.", {
    timeout: learningLimitMs,
  }, async () => {
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: learningLimitMs });
    await workbench.command("Idiolect: Suggest Tags");
    await workbench.picks(/bahn/).first().waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  test("sees 'not English' in the status bar and in the panel, and is offered no questions about tone.", async () => {
    await workbench.statusItem("not English").waitFor();
    await workbench.command("Idiolect: Read Tone of Document");
    await workbench.panel.locator("main", { hasText: "not English (German)" }).waitFor();
    await workbench.picture("panel-other-language");
    expect(await workbench.notification(/twelve answers/).count()).toBe(0);
    await workbench.closePanel("Tone:");
  });
});
