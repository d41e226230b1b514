import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { networkCalls, outside, Watch, writtenPaths } from "../trust/system-calls.ts";
import { foreignConnections } from "./harness/network-watch.ts";
import { awaitProcess, findProcesses, processTree, programs } from "./harness/processes.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const strace = needs("strace");
const learningLimitMs = 900_000;
/** Learning them lasts until a second window has started. */
const posts = 16;

/** One story in the order in which a new user meets it; each test goes on where the one before it ended. */
describe.skipIf(browser.isMissing)(`A stranger's first use${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;
  const watch = strace.isMissing ? undefined : new Watch();

  // What follows a failure could only fail as well, after long waits.
  beforeEach(({ task, skip }) =>
    skip(task.suite?.tasks.some(({ result }) => result?.state === "fail") ?? false),
  );
  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    stage = await Stage.set({ posts, ...(watch === undefined ? {} : { watch }) });
    workbench = await stage.open();
  });
  afterAll(async () => {
    await stage?.strike();
    watch?.[Symbol.dispose]();
  });

  test("Nothing pops up; one item of the status bar offers to learn.", async () => {
    await workbench.statusItem("learn your writing").waitFor();
    expect(await workbench.page.locator(".notification-toast:visible").count()).toBe(0);
  });

  test("Sentences are read in general before anything was learned.", async () => {
    await workbench.hover("Nothing lost", /sure/);
  });

  test("A folder that is not proposed is chosen in a dialog that is a list itself, and is read as a whole.", async () => {
    const notes = join(dirname(stage.scene.workspace), "notes");
    mkdirSync(notes);
    writeFileSync(join(notes, "one.md"), "A short note.\n");
    await workbench.statusItem("learn your writing").click();
    await workbench
      .picks(/dorcas-wain/)
      .first()
      .waitFor();
    await workbench.picks("Choose another folder").first().click();
    // The dialog begins with the folder that is open; what is typed before that would come behind it.
    const path = workbench.quickInput.locator("input[type=text]").first();
    await expect.poll(() => path.inputValue(), { timeout: 20_000 }).toMatch(/dorcas-wain\/$/);
    await path.fill(`${notes}/`);
    await workbench.quickInput.locator(".monaco-button", { hasText: "Choose" }).first().click();
    const chosen = workbench.picks(/^\s*notes/).first();
    await chosen.waitFor();
    expect(await chosen.innerText()).toMatch(/1 document, 3 words/);
    expect(await workbench.picks(/dorcas-wain/).count()).toBe(1);
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  test("Two clicks are the consent: the offer, and OK under the folders that were found.", async () => {
    const before = await workbench.clicks();
    await workbench.statusItem("learn your writing").click();
    const proposal = workbench.picks(/dorcas-wain/).first();
    await proposal.waitFor();
    expect(await proposal.innerText()).toMatch(/17 documents, [\d,]+ words, 18 tags/);
    const prompt = await workbench.quickInput
      .locator("input[placeholder]")
      .first()
      .getAttribute("placeholder");
    expect(`${prompt} ${await workbench.quickInput.innerText()}`).toMatch(/nothing leaves this machine/i);
    await workbench.acceptPicks();
    await workbench.statusItem(/\d %/).waitFor();
    expect((await workbench.clicks()) - before).toBe(2);
    await workbench.notification(/about 12 sentences/).waitFor();
  });

  test("A second window says that another one learns.", async () => {
    const second = await stage.open();
    await second.statusItem("learning elsewhere").waitFor();
    await second.close();
  });

  test("Tags are suggested as soon as there are some: asked for earlier, the list waits for them.", {
    timeout: learningLimitMs,
  }, async () => {
    await workbench.command("Idiolect: Suggest Tags");
    await workbench.picks(/\d %/).first().waitFor({ timeout: learningLimitMs });
    await workbench.page.keyboard.press("Escape");
  });

  test("Learning ends, and the item of the status bar has no more to say.", {
    timeout: learningLimitMs,
  }, async () => {
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: learningLimitMs });
    await expect
      .poll(() => findProcesses(stage.server.processId, "learner"), { timeout: 20_000 })
      .toEqual([]);
  });

  test("Sentences are compared with the writer's own now.", async () => {
    await workbench.hover("gladness", /of your sentences|your sentences/);
  });

  test("Neither the page, nor the extension, nor server and learner reached for another machine.", async () => {
    await awaitProcess(stage.server.processId, "server");
    expect(workbench.foreignRequests.filter((address) => !/open-vsx/.test(address))).toEqual([]);
    expect(stage.network.ownAttempts()).toEqual([]);
    expect(processTree(stage.server.processId).flatMap(foreignConnections)).toEqual([]);
  });

  test.skipIf(strace.isMissing)(
    `Server and learner made no socket and wrote nowhere but into store and cache${strace.note}.`,
    () => {
      const calls = watch?.calls() ?? [];
      for (const program of Object.values(programs)) {
        const own = calls.filter(({ process }) => process.includes(`${program}"`));
        expect(own).not.toEqual([]);
        expect(networkCalls(own)).toEqual([]);
        const { store, cache, workspace } = stage.scene;
        const made = [dirname(store), dirname(dirname(store))];
        const written = writtenPaths(own, workspace).filter((path) => !made.includes(path));
        expect(outside(written, [store, cache])).toEqual([]);
      }
    },
  );
});
