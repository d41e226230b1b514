import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CorpusLook } from "../../src/learner/corpus/corpus-look.ts";
import { learn } from "../../src/learner/learn.ts";
import { reportShape } from "../../src/profile/report.ts";
import type { CorpusSettings, FolderSettings } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { prepareJob } from "./prepare-job.ts";
import { writeSmallBlog } from "./small-blog.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };
const sentences: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../corpus/short-sentences.json"), "utf8"),
);

/** A blog and notes of one writer: both have drafts, hashtags, a larger file and a text in German. */
function writeFolders(): readonly [string, string] {
  const folder = temporaryFolder();
  const [blog, notes] = [join(folder, "blog"), join(folder, "notes")];
  for (const [at, one] of [blog, notes].entries()) {
    mkdirSync(join(one, "drafts"), { recursive: true });
    writeSmallBlog(one, 4);
    writeFileSync(join(one, "drafts", "draft.md"), `This is draft number ${at}, and nobody reads it.\n`);
    writeFileSync(join(one, "large.md"), `This is a long text, and it is number ${at}. `.repeat(200));
    writeFileSync(join(one, "deutsch.md"), `${sentences["de"]!.join(" ")}\n\nDas ist die Nummer ${at}.\n`);
    writeFileSync(join(one, "tagged.md"), `We went to the river number ${at} and had tea #rivers there.\n`);
  }
  return [blog, notes];
}

test("Each folder of a writer is read by its own settings, also when it is looked for what is new.", async () => {
  const [blog, notes] = writeFolders();
  const job = { ...prepareJob(), folders: [blog, notes] };
  const ofBlog: FolderSettings = { exclude: ["drafts/**"], hashtags: "always" };
  const ofNotes: FolderSettings = { maximumFileBytes: 5_000, languages: ["de"], hashtags: "never" };
  const corpus: CorpusSettings = { ...ofBlog, by: "editor", byFolder: { [blog]: ofBlog, [notes]: ofNotes } };
  await learn({ ...job, corpus }, quiet);

  using store = openStore(job.storePath);
  const writer = store.writers.named(job.writer)!;
  const documents = store.documents.list(writer.id);
  const namesIn = (folder: string) =>
    documents.flatMap(({ path }) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
  expect(namesIn(blog).filter((name) => !/^\d/.test(name))).toEqual(["deutsch.md", "large.md", "tagged.md"]);
  expect(namesIn(notes).filter((name) => !/^\d/.test(name))).toEqual([
    "deutsch.md",
    "drafts/draft.md",
    "tagged.md",
  ]);
  const tagged = store.documents.tagUses(writer.id).filter(({ tag, counts }) => tag === "rivers" && counts);
  expect(tagged.map(({ path }) => path)).toEqual([join(blog, "tagged.md")]);
  const [run] = store.learningRuns.list(writer.id);
  expect(run!.plan).toMatchObject({ languages: [], languagesByFolder: { [notes]: ["de"] } });
  const { languages } = reportShape.parse(store.profileVersions.active(writer.id)!.report).corpus;
  expect(languages!.counts.map(({ language, isRead }) => [language, isRead])).toEqual(
    expect.arrayContaining([
      ["en", true],
      ["de", true],
    ]),
  );
  expect(await new CorpusLook().look(store, writer)).toMatchObject({ added: [], changed: [], gone: [] });
  expect((await new CorpusLook().look(store, writer, { by: "editor" })).added).toEqual([]);
});
