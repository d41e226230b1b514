import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { needs } from "../prerequisite.ts";
import { Stage } from "./harness/stage.ts";
import {
  agreeToLearn,
  completeTag,
  exportTo,
  forgetWriter,
  leaveFolderTags,
  renameTag,
  restricted,
  teachNegative,
  undoTags,
} from "./harness/steps.ts";
import { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const corpora = resolve("../shared/corpora");
const blogs = ["ruben-schade", "phil-haack", "will-norris"];
const shared = needs("shared");
const isLong = process.env["LONG"] === "1";
const longWaitMs = 150_000;
const learningLimitMs = 900_000;
/** Learning them is most of what the way takes. */
const newest = isLong ? 24 : 12;

const draft = `---
title: A new keyboard
date: 2030-01-02
---

I love this keyboard. Nothing about the old one was any good.
`;

/** The newest posts of a blog by name, and a draft. */
function postsOf(blog: string): Readonly<Record<string, string>> {
  const dated = readdirSync(join(corpora, blog)).map((name) => {
    const text = readFileSync(join(corpora, blog, name), "utf8");
    const day = /\d{4}-\d\d-\d\d/.exec(text.slice(0, 1_000))?.[0] ?? name;
    return { name, text, day };
  });
  const posts = dated.sort((a, b) => (a.day < b.day ? 1 : -1)).slice(0, newest);
  return { ...Object.fromEntries(posts.map(({ name, text }) => [name, text])), "draft.md": draft };
}

/** What the store knows of its only writer: who it is, the tag that is used most, a sentence that stands in a post as it is read. */
function learnedIn(storePath: string) {
  using store = openStore(storePath);
  const [writer, other] = store.writers.list();
  expect(other).toBeUndefined();
  const { id, name } = writer!;
  const isPlain = (tag: string) => /^[a-z]{4,}$/.test(tag);
  const tags = store.vocabulary.list(id).filter(({ tag }) => isPlain(tag));
  const [tag] = tags.toSorted((a, b) => b.documents - a.documents);
  const sentences = store.documents
    .list(id)
    .flatMap(({ id, path }) => store.documents.sentences(id).map(({ text }) => ({ path, text })))
    .filter(({ text }) => /^[A-Z][a-z ]{25,50}\.$/.test(text))
    .flatMap(({ path, text }) => {
      const lines = readFileSync(path, "utf8").split("\n");
      const line = lines.findIndex((written) => written.includes(text));
      return line < 0 ? [] : [{ path, text, line: line + 1, begins: lines[line]!.startsWith(text) }];
    });
  // One at the beginning of its line is not broken by the width of the window.
  const own = sentences.find(({ begins }) => begins) ?? sentences[0];
  return { name, tag: tag!.tag, own: own!, documents: store.documents.list(id).length };
}

/** The whole way of somebody with a real blog, in a folder that nobody trusts; LONG=1 goes it with more of them. */
describe.skipIf(browser.isMissing || shared.isMissing).each(isLong ? blogs : blogs.slice(0, 1))(
  `%s, of whom the newest ${newest} posts are there${browser.note}${shared.note},`,
  (blog) => {
    let stage: Stage;
    let workbench: Workbench;
    let known: ReturnType<typeof learnedIn>;

    beforeEach(({ task, skip }) =>
      skip(task.suite?.tasks.some(({ result }) => result?.state === "fail") ?? false),
    );
    beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
    beforeAll(async () => {
      stage = await Stage.set({ texts: postsOf(blog), settings: restricted });
      workbench = await stage.open();
      await workbench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
    });
    afterAll(async () => await stage?.strike());

    const onDisk = (name: string): string => readFileSync(join(stage.scene.workspace, name), "utf8");
    const clear = async () => await workbench.command("Notifications: Clear All Notifications");

    test("agrees to what is proposed, and is learned.", { timeout: learningLimitMs }, async () => {
      await agreeToLearn(workbench, "dorcas-wain");
      await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: learningLimitMs });
      known = learnedIn(stage.scene.store);
      expect(known.documents).toBeGreaterThan(newest / 2);
      await clear();
    });

    test("reads a sentence of a post, with the words that carry its tone.", async () => {
      await workbench.openQuickly(known.own.path.split("/").at(-1)!);
      await workbench.goToLine(known.own.line);
      const hover = await workbench.hover(known.own.text.slice(0, 20), /sure/);
      expect(await hover.innerText()).toMatch(/(tone|positive|negative|neutral).*\bsure\b[\s\S]*Words: \w+/i);
      await workbench.picture(`real-${blog}-hover`);
      await workbench.closeHover();
    });

    test("teaches a sentence of a draft.", async () => {
      await workbench.page.locator(".tabs-container .tab", { hasText: "draft.md" }).click();
      await teachNegative(workbench, "love this keyboard");
    });

    test("has a tag completed in front matter.", async () => {
      await completeTag(workbench, known.tag, { timeout: longWaitMs }, "date: 2030-01-02");
      await undoTags(workbench);
    });

    test("takes a tag from the list of suggestions, and one undo takes it out again.", async () => {
      await workbench.command("Idiolect: Suggest Tags");
      const first = workbench.picks(/\d %/).first();
      await first.waitFor({ timeout: longWaitMs });
      const tag = await first.locator(".label-name").first().innerText();
      await first.click();
      await workbench.acceptPicks();
      await workbench.line(tag).first().waitFor();
      await workbench.save();
      await expect.poll(() => onDisk("draft.md")).toContain(tag);
      await workbench.line("title:").click();
      await workbench.page.keyboard.press("Control+z");
      await workbench.save();
      await expect.poll(() => onDisk("draft.md")).toBe(draft);
    });

    test("has tags for the whole folder, and none is written unasked.", async () => {
      const texts = () => readdirSync(stage.scene.workspace).map(onDisk).join("\0");
      const before = texts();
      await leaveFolderTags(workbench, { timeout: longWaitMs });
      expect(texts()).toBe(before);
    });

    test("renames a tag.", async () => {
      await renameTag(workbench, known.tag, "renamed-here", { timeout: longWaitMs });
      await workbench.acceptPicks();
      await workbench.notification("The tag was changed in").waitFor();
      const renamed = () =>
        readdirSync(stage.scene.workspace).some((name) => onDisk(name).includes("renamed-here"));
      await expect.poll(renamed).toBe(true);
      await clear();
    });

    test("exports what was learned.", async () => {
      const file = join(dirname(stage.scene.workspace), "exported.idiolect");
      await exportTo(workbench, known.name, file, { timeout: longWaitMs });
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file).includes(known.own.text)).toBe(false);
      await clear();
    });

    test("has everything after a reload, and in a second window.", async () => {
      await workbench.reload();
      await workbench.statusItem(/Idiolect/).waitFor();
      await workbench.hover("love this keyboard", /as you said/);
      await workbench.closeHover();
      const second = await stage.open();
      await second.hover("love this keyboard", /as you said/);
      await second.close();
    });

    test("is forgotten, and nothing of it is left.", async () => {
      await forgetWriter(workbench);
      expect(stage.storeHolds(known.own.text)).toEqual([]);
      const errors = stage
        .extensionLog()
        .split("\n")
        .filter((line) => line.includes("[error]"));
      expect(errors).toEqual([]);
    });
  },
);

describe.skipIf(browser.isMissing || shared.isMissing).each(isLong ? [blogs] : [])(
  `Three real blogs in one window${browser.note}${shared.note}`,
  () => {
    let stage: Stage;
    let workbench: Workbench;

    beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
    beforeAll(async () => {
      stage = await Stage.set({ texts: postsOf(blogs[0]!) });
      const folder = dirname(stage.scene.workspace);
      const paths = [stage.scene.workspace];
      for (const blog of blogs.slice(1)) {
        const path = join(folder, blog);
        mkdirSync(path);
        for (const [name, text] of Object.entries(postsOf(blog))) writeFileSync(join(path, name), text);
        paths.push(path);
      }
      const file = join(folder, "three.code-workspace");
      writeFileSync(file, JSON.stringify({ folders: paths.map((path) => ({ path })) }));
      workbench = await Workbench.open(stage.browser, stage.server, {
        folder: file,
        file: join(stage.scene.workspace, "draft.md"),
      });
    });
    afterAll(async () => await stage?.strike());

    test("are each proposed with their counts.", async () => {
      await workbench.statusItem("learn your writing").click();
      for (const folder of ["dorcas-wain", ...blogs.slice(1)]) {
        const row = workbench.picks(folder).first();
        await row.waitFor({ timeout: longWaitMs });
        expect(await row.innerText()).toMatch(/\d documents, [\d,]+ words, \d+ tags/);
      }
      await workbench.page.keyboard.press("Escape");
    });
  },
);
