import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { canMount, mountNote, withReadOnly } from "../platforms/read-only-home.ts";
import { needs } from "../prerequisite.ts";
import { madeUpBlog, madeUpDraft } from "./harness/made-up-blog.ts";
import { filesBelow, Stage } from "./harness/stage.ts";
import { agreeToLearn } from "./harness/steps.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const longWaitMs = 120_000;
const unwritable = /The store at .* cannot be written\. .*choose another folder for the store/;
const usualStore = join(".local", "share", "idiolect");

/** Few posts, as each home has them learned anew. */
const texts = Object.fromEntries([
  ...Object.entries(madeUpBlog).slice(0, 6),
  ["draft.md", madeUpBlog["draft.md"]!],
]);

/** A home and nothing that says where else data might lie. */
const atHome = (home: string) => ({ HOME: home, XDG_DATA_HOME: "", XDG_CACHE_HOME: "" });

const bytesBelow = (folder: string): ReadonlyMap<string, string> =>
  new Map(filesBelow(folder).map((file) => [file, readFileSync(file, "latin1")]));

let folder: string;
let stage: Stage;
let workbench: Workbench;

beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "idiolect-homes-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function newHome(name: string): string {
  const home = join(folder, name);
  mkdirSync(home);
  return home;
}

const clear = async () => await workbench.command("Notifications: Clear All Notifications");

/** What was said in the one message that shows. */
async function onlyMessage(): Promise<string> {
  const shown = workbench.page.locator(".notification-toast:visible");
  await shown.first().waitFor();
  expect(await shown.count()).toBe(1);
  return await shown.first().innerText();
}

/** As somebody does before anything is learned. */
function teachSomething(storePath: string): void {
  using store = openStore(storePath);
  const { id } = store.writers.ensure("Dorcas Wain");
  store.corrections.add(id, { kind: "tagAdded", textHash: "draft", tag: "boats" });
}

const errors = (): readonly string[] =>
  stage
    .extensionLog()
    .split("\n")
    .filter((line) => line.includes("[error]"));

describe.skipIf(browser.isMissing || !canMount)(`A home that is read-only${browser.note}${mountNote}`, () => {
  let home: string;
  let documents: ReadonlyMap<string, string>;

  beforeAll(async () => {
    home = newHome("read-only");
    stage = await Stage.set({ texts, environment: atHome(home), wrapper: withReadOnly(home) });
    documents = bytesBelow(stage.scene.workspace);
    workbench = await stage.open();
  });
  afterAll(async () => await stage?.strike());

  test("has texts read in general, and learning offered as elsewhere.", async () => {
    await workbench.statusItem("learn your writing").waitFor();
    await workbench.hover(madeUpDraft, /sure/);
    await workbench.closeHover();
    expect(await workbench.page.locator(".notification-toast:visible").count()).toBe(0);
  });

  test("is told of once the writer agrees to learning, in words that say what to do.", async () => {
    await agreeToLearn(workbench, "dorcas-wain");
    await workbench.notification(unwritable).waitFor();
    await workbench.picture("home-read-only");
    expect((await onlyMessage()).match(/choose another folder/g)).toHaveLength(1);
    await workbench.statusItem("learn your writing").waitFor();
    await clear();
  });

  test("is told of when something is taught, and nothing reads as taught.", async () => {
    const hover = await workbench.hover(madeUpDraft, /For me it is/);
    await hover.locator("a", { hasText: "negative" }).click();
    await workbench.notification(unwritable).waitFor();
    await clear();
    await workbench.closeHover();
    const after = await workbench.hover(madeUpDraft, /sure/);
    expect(await after.innerText()).not.toMatch(/as you said/);
    await workbench.closeHover();
  });

  test("leaves the documents as they are, nothing in the home, and no error in the log.", () => {
    expect(bytesBelow(stage.scene.workspace)).toEqual(documents);
    expect(readdirSync(home)).toEqual([]);
    expect(errors()).toEqual([]);
  });

  test("is done without where the setting names another folder: from then on it learns.", async () => {
    const store = join(folder, "volume");
    stage.changeSettings({ "idiolect.storePath": store });
    const isLearning = async () => {
      await agreeToLearn(workbench, "dorcas-wain");
      return await workbench
        .statusItem(/\d %|^\s*Idiolect\s*$/)
        .waitFor({ timeout: 10_000 })
        .then(
          () => true,
          () => false,
        );
    };
    // The editor follows a change of its settings in its own time.
    await expect.poll(isLearning, { timeout: longWaitMs, interval: 1_000 }).toBe(true);
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: longWaitMs });
    expect(filesBelow(store)).not.toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe.skipIf(browser.isMissing || !canMount)(
  `A store that lies in a home which is read-only now${browser.note}${mountNote}`,
  () => {
    let home: string;
    let kept: ReadonlyMap<string, string>;
    let documents: ReadonlyMap<string, string>;

    beforeAll(async () => {
      home = newHome("kept");
      teachSomething(join(home, usualStore));
      kept = bytesBelow(home);
      stage = await Stage.set({ texts, environment: atHome(home), wrapper: withReadOnly(home) });
      documents = bytesBelow(stage.scene.workspace);
      workbench = await stage.open();
    });
    afterAll(async () => await stage?.strike());

    test("is told of by the item of the status bar, and a click says what to do.", async () => {
      await workbench.statusItem("cannot be opened").click();
      await workbench.notification(unwritable).waitFor();
      await workbench.picture("home-store-read-only");
      await clear();
    });

    test("has texts read in general meanwhile.", async () => {
      const hover = await workbench.hover(madeUpDraft, /sure/);
      expect(await hover.innerText()).not.toMatch(/your sentences/);
      await workbench.closeHover();
    });

    test("is told of when tags are asked for, or something is taught.", async () => {
      await workbench.command("Idiolect: Suggest Tags");
      await workbench.notification(unwritable).waitFor();
      await clear();
      const hover = await workbench.hover(madeUpDraft, /For me it is/);
      await hover.locator("a", { hasText: "negative" }).click();
      await workbench.notification(unwritable).waitFor();
      await clear();
    });

    test("is left as it is, and so are the documents; no error is in the log.", () => {
      expect(bytesBelow(home)).toEqual(kept);
      expect(bytesBelow(stage.scene.workspace)).toEqual(documents);
      expect(errors()).toEqual([]);
    });
  },
);

describe.skipIf(browser.isMissing)(`A home that is new at each start${browser.note}`, () => {
  beforeAll(async () => {
    stage = await Stage.set({ texts, environment: atHome(newHome("first")) });
    workbench = await stage.open();
  });
  afterAll(async () => await stage?.strike());

  const learn = async () => {
    await agreeToLearn(workbench, "dorcas-wain");
    await workbench.notification("Learning has begun").waitFor();
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: longWaitMs });
    await clear();
  };

  test("keeps what is learned and taught until the editor ends.", async () => {
    await learn();
    const hover = await workbench.hover(madeUpDraft, /For me it is/);
    await hover.locator("a", { hasText: "negative" }).click();
    await workbench.statusItem("Noted: negative for you").waitFor();
    await workbench.closeHover();
    await workbench.hover(madeUpDraft, /as you said/);
    await workbench.close();
  });

  test("says at the next start that nothing was learned, offers to learn, and reads in general.", async () => {
    await stage.startAgain(atHome(newHome("second")));
    workbench = await stage.open();
    const item = workbench.statusItem("learn your writing");
    await item.waitFor();
    expect(await item.locator("a").getAttribute("aria-label")).toMatch(
      /can learn how you write.*choose the folders/s,
    );
    const hover = await workbench.hover(madeUpDraft, /sure/);
    expect(await hover.innerText()).not.toMatch(/as you said|your sentences/);
    await workbench.closeHover();
    await workbench.command("Idiolect: Suggest Tags");
    await workbench.notification("Learn From My Documents").waitFor();
    await clear();
    expect(filesBelow(join(folder, "second", usualStore))).toEqual([]);
  });

  test("learns again after the consent, as if for the first time.", async () => {
    await learn();
    await workbench.hover(madeUpDraft, /your sentences|For me it is/);
    expect(filesBelow(join(folder, "second", usualStore))).not.toEqual([]);
    expect(errors()).toEqual([]);
  });
});
