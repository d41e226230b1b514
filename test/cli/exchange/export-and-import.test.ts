import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AdmZip from "adm-zip";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../src/store/open-store.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";
import { idiolect, tinyModel, useOwnCache } from "../run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-exchange-"));
const blog = writeSmallBlog(join(folder, "blog"));
const model = ["--model", tinyModel(folder)];
const storeOf = (name: string) => ["--store", join(folder, name)];
const here = storeOf("here");
const file = join(folder, "blog.idiolect");

/** As another learning would leave it: a version with the same content is in use. */
function learnAgain(storePath: string): void {
  using store = openStore(storePath);
  const { id } = store.writers.named("blog")!;
  const { baseModelId, formatVersion, report, ...former } = store.profileVersions.active(id)!;
  const blobs = store.profileVersions.blobs(former.id);
  store.profileVersions.add(id, { baseModelId, formatVersion, report, blobs }, "activate");
}

useOwnCache(folder);
beforeAll(async () => {
  await idiolect(["learn", blog, ...here, ...model, "--quiet"]);
  await idiolect(["teach", ...here, ...model, "--quiet"], "5\n1\nq\n");
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("idiolect export and idiolect import", () => {
  test("carry over what was learned and taught, in a file that only its owner can read.", async () => {
    const exported = await idiolect(["export", file, ...here, "--json"]);
    expect(exported.errors).toBe("");
    expect(exported.json()).toMatchObject({ version: 1, writer: "blog", file, withText: false, lessons: 2 });
    expect(exported.json()).toMatchObject({ documents: 0, bytes: statSync(file).size });
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
    const there = storeOf("there");
    const imported = await idiolect(["import", file, ...there, ...model, "--json"]);
    expect(imported.json()).toMatchObject({
      version: 1,
      writer: "blog",
      isNew: true,
      lessons: { added: 2, known: 0, takenBack: 0 },
      documents: 0,
      profileInUse: "file",
    });
    const [mine, theirs] = [
      await idiolect(["profile", "list", ...here, "--json"]),
      await idiolect(["profile", "list", ...there, "--json"]),
    ];
    expect(theirs.json()).toEqual(mine.json());
    const draft = join(blog, "..", "draft.md");
    writeFileSync(draft, "The tide was late again. I did not mind it at all.\n");
    const read = await idiolect(["read", draft, ...there, ...model, "--json"]);
    expect(read.json()).toEqual((await idiolect(["read", draft, ...here, ...model, "--json"])).json());
  });

  test("leave every sentence of the documents out unless they are asked for.", async () => {
    using store = openStore(here[1]!);
    const { id } = store.writers.named("blog")!;
    const sentences = store.documents
      .list(id)
      .flatMap((document) => store.documents.sentences(document.id).map(({ text }) => text));
    expect(sentences.length).toBeGreaterThan(20);
    const bytesOf = (path: string) =>
      Buffer.concat([readFileSync(path), ...new AdmZip(path).getEntries().map((entry) => entry.getData())]);
    const without = bytesOf(file);
    expect(sentences.filter((sentence) => without.includes(sentence))).toEqual([]);
    const whole = join(folder, "whole.idiolect");
    await idiolect(["export", whole, "--with-text", ...here]);
    const withText = bytesOf(whole);
    expect(sentences.filter((sentence) => withText.includes(JSON.stringify(sentence)))).toEqual(sentences);
  });

  test("let tags be suggested where nothing was learned, once the text came along.", async () => {
    const [whole, draft] = [join(folder, "with-text.idiolect"), join(folder, "draft-of-tags.md")];
    await idiolect(["export", whole, "--with-text", ...here, "--quiet"]);
    writeFileSync(draft, "# Boats\n\nThe boat lay in the harbour, and the tide came in.\n");
    const reader = storeOf("reader");
    await idiolect(["import", whole, ...reader, ...model, "--quiet"]);
    const suggested = await idiolect(["tags", draft, ...reader, ...model, "--json"]);
    const tags = (ran: typeof suggested) =>
      (ran.json()["tags"] as { tag: string; score: number }[]).slice(0, 3);
    expect(tags(suggested)).toHaveLength(3);
    const known = await idiolect(["tags", draft, ...here, ...model, "--json"]);
    expect(tags(suggested).map(({ tag }) => tag)).toEqual(tags(known).map(({ tag }) => tag));
  });

  test("do not replace a file unasked.", async () => {
    const again = await idiolect(["export", file, ...here]);
    expect(again.code).toBe(1);
    expect(again.errors).toContain(
      "is there already. Choose another name, or add --force to replace the file.",
    );
    expect((await idiolect(["export", file, ...here, "--force"])).code).toBe(0);
  });

  test("leave alone what lies beside the file.", async () => {
    const [beside, file] = [join(folder, "beside.idiolect.new"), join(folder, "beside.idiolect")];
    writeFileSync(beside, "Mine.");
    expect(await idiolect(["export", file, ...here])).toMatchObject({ code: 0 });
    expect(readFileSync(beside, "utf8")).toBe("Mine.");
    expect(readdirSync(folder).filter((name) => name.startsWith("beside."))).toEqual([
      "beside.idiolect",
      "beside.idiolect.new",
    ]);
  });

  test("ask which of two profiles is to be used, and refuse to guess.", async () => {
    const other = storeOf("other");
    await idiolect(["import", file, ...other, ...model, "--quiet"]);
    learnAgain(other[1]!);
    const unsaid = await idiolect(["import", file, ...other, ...model]);
    expect(unsaid.code).toBe(2);
    expect(unsaid.errors).toMatch(/blog was learned here \(.*\) and where the file was made \(.*\)/);
    expect(unsaid.errors).toContain("--profile here, or --profile file");
    const said = await idiolect(["import", file, ...other, ...model, "--profile", "here"]);
    expect(said.out).toContain("2 lessons known already.");
    expect(said.out).toContain("The profile that was here is used as before");
  });

  test("refuse a file that is none, is missing, or was learned with another base, and make no store.", async () => {
    const [none, notes] = [storeOf("none"), join(folder, "notes.txt")];
    writeFileSync(notes, "Only notes.");
    const foreign = await idiolect(["import", notes, ...none, ...model]);
    expect(foreign.errors).toContain("was not made by Idiolect's export");
    const missing = await idiolect(["import", join(folder, "nowhere"), ...none, ...model]);
    expect(missing.errors).toContain("could not be read (ENOENT)");
    const otherModel = writeTinyModel(join(folder, "other-model"), { metadata: { note: "another" } });
    const otherBase = await idiolect(["import", file, ...none, "--model", otherModel]);
    expect(otherBase.errors).toContain("was learned with another base model than the one in use here");
    for (const { code } of [foreign, missing, otherBase]) expect(code).toBe(1);
    expect(statSync(none[1]!, { throwIfNoEntry: false })).toBeUndefined();
  });
});
