import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idiolect } from "../run-idiolect.ts";

let folder: string;
const files = {
  "a.md": "---\r\ntags: [boats, tides] # mine\r\n---\r\nA day #boats/oars.\r\n",
  "b.md": "---\ntags:\n  - ships\n  - boats\n---\nText.\n",
  "deep/c.md": '+++\ntags = ["tides"]\n+++\nText about boats.\n',
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "idiolect-rename-"));
  mkdirSync(join(folder, "deep"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(join(folder, name), "utf8");

test("rename-tag shows each line that would change, and writes nothing.", async () => {
  const { code, out } = await idiolect(["rename-tag", "boats", "craft", folder]);
  expect(code).toBe(0);
  expect(out).toContain(
    [
      `${join(folder, "a.md")}`,
      "  2 - tags: [boats, tides] # mine",
      "  2 + tags: [craft, tides] # mine",
      "  4 - A day #boats/oars.",
      "  4 + A day #craft/oars.",
    ].join("\n"),
  );
  expect(out).toMatch(/2 documents to be changed\. Write them with --apply\.\n$/);
  expect(read("a.md")).toBe(files["a.md"]);
});

test("rename-tag writes with --apply, in fields and hashtags with those below, and no other byte.", async () => {
  const { code, json } = await idiolect(["rename-tag", "boats", "craft", folder, "--apply", "--json"]);
  expect(code).toBe(0);
  expect(json()).toMatchObject({ version: 1, written: true, refused: [], unread: [] });
  expect(read("a.md")).toBe("---\r\ntags: [craft, tides] # mine\r\n---\r\nA day #craft/oars.\r\n");
  expect(read("b.md")).toBe("---\ntags:\n  - ships\n  - craft\n---\nText.\n");
  expect(read("deep/c.md")).toBe(files["deep/c.md"]);
});

test("Hashtags stay with --no-hashtags.", async () => {
  await idiolect(["rename-tag", "boats", "craft", folder, "--apply", "--no-hashtags"]);
  expect(read("a.md")).toContain("#boats/oars");
});

test("merge-tag leaves one of the two in each document.", async () => {
  const { code } = await idiolect(["merge-tag", "boats", "ships", folder, "--apply"]);
  expect(code).toBe(0);
  expect(read("a.md")).toContain("tags: [ships, tides]");
  expect(read("b.md")).toBe("---\ntags:\n  - ships\n---\nText.\n");
});

test.each([
  ["No document in", ["rename-tag", "kettles", "tea"]],
  ["'ships' is a tag already. To make the two one: idiolect merge-tag", ["rename-tag", "boats", "ships"]],
  ["has the tag 'vessels'. To rename: idiolect rename-tag", ["merge-tag", "boats", "vessels"]],
])("What was hardly meant is refused: %s.", async (message, words) => {
  const { code, errors } = await idiolect([...words, folder, "--apply"]);
  expect(code).toBe(2);
  expect(errors).toContain(message);
  expect(read("b.md")).toBe(files["b.md"]);
});

test("A document that cannot be changed is named and left alone, and the others are changed.", async () => {
  writeFileSync(join(folder, "broken.md"), '---\ntags: [boats]\ntitle: "A\n---\nText.\n');
  const { code, json } = await idiolect(["rename-tag", "boats", "craft", folder, "--apply", "--json"]);
  expect(code).toBe(0);
  expect(json()["refused"]).toEqual([
    { path: expect.stringContaining("broken.md"), reason: expect.any(String), advice: expect.any(String) },
  ]);
  expect(read("broken.md")).toBe('---\ntags: [boats]\ntitle: "A\n---\nText.\n');
  expect(read("b.md")).toContain("craft");
});

test("A folder that is not there is told as such, not as one without the tag.", async () => {
  const missing = join(folder, "missing");
  const { code, errors } = await idiolect(["rename-tag", "boats", "craft", missing]);
  expect(code).toBe(1);
  expect(errors).toContain(`The folder ${missing} cannot be read.`);
});

test("A closed list without a tag is refused, as nothing could be suggested.", async () => {
  const list = join(folder, "list.txt");
  writeFileSync(list, "# Tags of ours\n\n");
  const { code, errors } = await idiolect(["tags", join(folder, "a.md"), "--closed-list", list]);
  expect(code).toBe(2);
  expect(errors).toContain(`There is no tag in ${list}.`);
});
