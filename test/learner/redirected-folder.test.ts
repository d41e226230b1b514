import { renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { CorpusLook } from "../../src/learner/corpus/corpus-look.ts";
import { learn } from "../../src/learner/learn.ts";
import type { LearningJob } from "../../src/protocol/learner.ts";
import { inEnglish } from "../../src/said/said.ts";
import { openStore } from "../../src/store/open-store.ts";
import { prepareJob } from "./prepare-job.ts";
import { preparedOnce } from "./prepared-once.ts";
import { writeSmallBlog } from "./small-blog.ts";

const notices: string[] = [];
const learnIt = (job: LearningJob) =>
  learn(job, {
    emit: (message) => {
      if (message.kind === "notice") notices.push(inEnglish(message.message));
    },
    clock: Date.now,
    onPace: () => undefined,
  });

function documentsOf({ storePath, writer }: LearningJob): readonly string[] {
  using store = openStore(storePath);
  return store.documents.list(store.writers.named(writer)!.id).map(({ path }) => path);
}

/** A writer who was learned, whose folder then becomes a link to somebody's diary. */
const redirected = preparedOnce(async (folder) => {
  const job = prepareJob({}, folder);
  const blog = job.folders[0]!;
  await learnIt(job);
  const diary = writeSmallBlog(join(blog, "..", "diary"), 3);
  writeFileSync(join(diary, "secret.md"), "Nobody may read this. It is a long secret.\n");
  renameSync(blog, `${blog}-former`);
  symlinkSync(diary, blog);
  return { job, blog, diary };
});

test("A chosen folder that becomes a link to another one is not read, and what was learned stays.", async () => {
  const { job, blog, diary } = await redirected();
  const before = documentsOf(job);
  await expect(learnIt(job)).rejects.toMatchObject({
    name: "FolderRedirectedError",
    message: expect.stringContaining(`leads to ${await diskFileSource.realPath(diary)} now`),
  });
  expect(documentsOf(job)).toEqual(before);
  expect(before.filter((path) => path.includes("secret"))).toEqual([]);
  using store = openStore(job.storePath);
  const news = await new CorpusLook().look(store, store.writers.named(job.writer)!);
  expect(news).toMatchObject({ added: [], changed: [], gone: [] });
  expect(store.writers.named(job.writer)!.places).toEqual({ [blog]: blog });
});

test("The folder that it leads to can be chosen itself; the former one is passed over, and that is said.", async () => {
  const { job, diary } = await redirected();
  notices.length = 0;
  const outcome = await learnIt({ ...job, folders: [diary] });
  expect(outcome.documents).toBe(18);
  expect(notices).toContainEqual(expect.stringContaining("when it was chosen"));
});
