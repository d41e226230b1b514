import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CorpusLook, countNews } from "../../../src/learner/corpus/corpus-look.ts";
import { learn } from "../../../src/learner/learn.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { textHash } from "../../../src/text/text-hash.ts";
import { prepareJob } from "../prepare-job.ts";
import { preparedOnce } from "../prepared-once.ts";
import { writeSmallBlog } from "../small-blog.ts";

const prepareLearned = preparedOnce(async (folder) => {
  const blog = writeSmallBlog(join(folder, "few"), 4);
  const job = { ...prepareJob({}, folder), folders: [blog] };
  await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  return { blog, job };
});

/** A blog of four posts that was learned, and a look at what is new in it. */
async function prepare() {
  const { blog, job } = await prepareLearned();
  const corpusLook = new CorpusLook();
  const look = async () => {
    using store = openStore(job.storePath);
    return await corpusLook.look(store, store.writers.named(job.writer)!);
  };
  return { blog, job, look, file: (name: string) => join(blog, name) };
}

const post = "She made a boat, and I was at the river for 9 hours.\n";
const nothing = { added: 0, changed: 0, gone: 0, lessons: 0 };

test("Files that came, changed, moved or went since are told, and nothing else.", async () => {
  const { job, look, file } = await prepare();
  expect(countNews(await look())).toEqual(nothing);
  writeFileSync(file("new.md"), post);
  writeFileSync(file("empty.md"), "---\ntitle: Later\n---\n");
  writeFileSync(file("02-river.md"), post);
  rmSync(file("03-boat.md"));
  renameSync(file("04-kettle.md"), file("04-tea.md"));
  utimesSync(file("01-bridge.md"), 1_000, 1_000);
  const news = await look();
  expect(news).toEqual({
    added: [file("new.md")],
    changed: [file("02-river.md")],
    gone: [file("03-boat.md")],
    moved: new Map([[file("04-kettle.md"), file("04-tea.md")]]),
    lessons: 0,
  });
  expect(await look()).toEqual(news);
  await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  expect(countNews(await look())).toEqual(nothing);
});

test("What is undone is no news.", async () => {
  const { look, file } = await prepare();
  const text = readFileSync(file("02-river.md"), "utf8");
  writeFileSync(file("02-river.md"), post);
  writeFileSync(file("new.md"), post);
  expect(countNews(await look())).toEqual({ ...nothing, added: 1, changed: 1 });
  writeFileSync(file("02-river.md"), text);
  rmSync(file("new.md"));
  expect(countNews(await look())).toEqual(nothing);
});

test("A folder that is empty or missing for a while has lost nothing.", async () => {
  const { look, blog } = await prepare();
  renameSync(blog, `${blog}-away`);
  expect(countNews(await look())).toEqual(nothing);
  mkdirSync(blog);
  expect(countNews(await look())).toEqual(nothing);
});

test("Lessons that were taught since are counted.", async () => {
  const { job, look } = await prepare();
  {
    using store = openStore(job.storePath);
    const sentence = "Nobody came.";
    const lesson = { kind: "tone", textHash: textHash(sentence), sentence, valence: 1 } as const;
    store.corrections.add(store.writers.named(job.writer)!.id, lesson);
  }
  expect(countNews(await look())).toEqual({ ...nothing, lessons: 1 });
});
