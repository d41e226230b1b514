import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../src/store/open-store.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { idiolect, tinyModel, useOwnCache } from "../run-idiolect.ts";

interface Found {
  readonly path: string;
  readonly present: readonly string[];
  readonly suggested: readonly { readonly tag: string; readonly score: number; readonly reasons: object[] }[];
  readonly new: Found["suggested"];
  readonly written: boolean;
  readonly refused?: { readonly reason: string; readonly advice: string };
}

describe("idiolect tags <folder>", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-folder-tags-"));
  const blog = writeSmallBlog(join(folder, "blog"));
  const place = ["--store", join(folder, "store"), "--model", tinyModel(folder)];
  const text = "It was a good day at the river, and I was there with her for 3 hours.";
  const drafts = join(folder, "blog");
  useOwnCache(folder);
  beforeAll(async () => {
    await idiolect(["learn", blog, ...place, "--writer", "Anna"]);
    writeFileSync(join(drafts, "x-plain.md"), `---\r\ntitle: The river\r\n---\r\n${text}\r\n`);
    writeFileSync(join(drafts, "x-broken.md"), `---\ntitle: "The river\n---\n${text}\n`);
    writeFileSync(join(drafts, "x-spaced.md"), `---\ntags: boat and tea\n---\n${text}\n`);
    writeFileSync(join(drafts, "x-data.md"), Buffer.from([0, 1, 2, 3]));
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const found = async (...words: readonly string[]) => {
    const ran = await idiolect(["tags", drafts, ...place, "--threshold", "0.2", "--json", ...words]);
    const { documents, unread } = ran.json() as unknown as { documents: Found[]; unread: { path: string }[] };
    const named = (name: string) => documents.find(({ path }) => path.endsWith(name))!;
    return { ...ran, documents, unread, named };
  };

  test("tells of each document what it has and what it lacks, with score and reasons, and writes nothing.", async () => {
    const { code, documents, unread, named } = await found();
    expect(code).toBe(0);
    expect(documents).toHaveLength(17);
    const plain = named("x-plain.md");
    expect(plain.present).toEqual([]);
    expect(plain.suggested.map(({ tag }) => tag)).toContain("notes");
    expect(plain.suggested.every(({ score, reasons }) => score >= 0.2 && reasons.length > 0)).toBe(true);
    const tagged = named("01-bridge.md");
    expect(tagged.present).toEqual(["bridge", "notes"]);
    expect(tagged.suggested.map(({ tag }) => tag)).not.toContain("notes");
    expect(documents.some(({ written }) => written)).toBe(false);
    expect(unread.map(({ path }) => path)).toEqual([expect.stringContaining("x-data.md")]);
    expect(readFileSync(join(drafts, "x-plain.md"), "utf8")).not.toContain("notes");
  });

  test("says the same in words, and how to write it.", async () => {
    const { code, out } = await idiolect(["tags", drafts, ...place, "--threshold", "0.2"]);
    expect(code).toBe(0);
    expect(out).toMatch(/x-plain\.md \(no tags\)\n( +\+ river .*\n)? +\+ notes +\d+ %/);
    expect(out).toMatch(/Not written: The front matter is broken in line \d/);
    expect(out).toMatch(/Write them with --apply\.\n$/);
  });

  test("writes with --apply, no other byte, and names what it cannot write.", async () => {
    const before = Object.fromEntries(
      ["x-broken.md", "x-spaced.md", "x-data.md"].map((name) => [name, readFileSync(join(drafts, name))]),
    );
    const { code, documents, named } = await found("--apply");
    expect(code).toBe(0);
    const tags = named("x-plain.md").suggested.map(({ tag }) => tag);
    expect(readFileSync(join(drafts, "x-plain.md"), "utf8")).toBe(
      `---\r\ntitle: The river\r\ntags: [${tags.join(", ")}]\r\n---\r\n${text}\r\n`,
    );
    expect(named("x-broken.md")).toMatchObject({ written: false, refused: { reason: expect.any(String) } });
    expect(named("x-spaced.md")).toMatchObject({ written: false, refused: { reason: expect.any(String) } });
    for (const [name, bytes] of Object.entries(before))
      expect(readFileSync(join(drafts, name))).toEqual(bytes);
    expect(
      documents.filter(({ suggested, written, refused }) => suggested.length > 0 && !written && !refused),
    ).toEqual([]);
    const again = await found();
    expect(again.named("x-plain.md").suggested).toEqual([]);
  });

  test("keeps in mind that what it wrote was suggested.", () => {
    using store = openStore(join(folder, "store"));
    const [writer] = store.writers.list();
    const accepted = store.acceptedTags.list(writer!.id);
    expect(accepted.filter(({ path }) => path.endsWith("x-plain.md")).map(({ tag }) => tag)).toContain(
      "notes",
    );
  });

  test("tells of new tags apart where that is asked for, and writes none of them.", async () => {
    const path = join(drafts, "x-zeppelin.md");
    writeFileSync(path, `---\ntitle: Zeppelin\n---\n${"We saw the Zeppelin.\n".repeat(40)}`);
    expect((await found()).named("x-zeppelin.md").new).toEqual([]);
    const { named } = await found("--new", "2", "--apply");
    expect(named("x-zeppelin.md").new.map(({ tag }) => tag)).toEqual(["zeppelin"]);
    expect(readFileSync(path, "utf8")).not.toMatch(/tags:.*zeppelin/i);
    const { out } = await idiolect(["tags", drafts, ...place, "--new", "2"]);
    expect(out).toMatch(/\? zeppelin +\d+ % +new: named in the title/);
    expect(out).toMatch(/marked '\?' were never used before: --apply does not write them/);
    rmSync(path);
  });

  test("suggests only tags of a closed list, in its spelling.", async () => {
    const list = join(folder, "list.txt");
    writeFileSync(list, "# mine\nNotes\nkettles\n");
    const { documents } = await found("--closed-list", list);
    const suggested = new Set(documents.flatMap((document) => document.suggested.map(({ tag }) => tag)));
    expect([...suggested].filter((tag) => tag !== "Notes")).toEqual([]);
    const { json } = await idiolect([
      "tags",
      join(drafts, "x-plain.md"),
      ...place,
      "--closed-list",
      list,
      "--json",
    ]);
    expect((json()["tags"] as Found["suggested"]).map(({ tag }) => tag)).toEqual(["Notes", "kettles"]);
  });

  test.each([
    ["--threshold and --apply are for a folder.", ["tags", join(drafts, "01-bridge.md"), "--apply"]],
    ["--present is for one document", ["tags", drafts, "--present"]],
    ["In a folder --new is 2 at most", ["tags", drafts, "--new", "3"]],
  ])("refuses options of the other kind: %s", async (message, words) => {
    const { code, errors } = await idiolect([...words, ...place]);
    expect(code).toBe(2);
    expect(errors).toContain(message);
  });
});
