import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatOf } from "../../../src/corpus/formats/formats.ts";
import { changeFile } from "../../../src/corpus/tag-changes/change-file.ts";
import { addDocumentTags } from "../../../src/corpus/tag-changes/document-tags.ts";
import { refusalInEnglish } from "../../said/in-english.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "idiolect-change-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const options = { isWritten: true, maximumBytes: 100_000 };

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const addTides = (path: string, given = options) =>
  changeFile(
    path,
    (source) => addDocumentTags({ source, format: formatOf(path) }, ["tides"], undefined),
    given,
  );

test.each([
  [
    "UTF-8 with line ends of Windows",
    Buffer.from("---\r\ntitle: Ölzeug\r\ntags: [boats] # mine\r\n---\r\nText.\r\n"),
  ],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFF---\ntags: [boats]\n---\nText.")],
  ["UTF-16 of one order", Buffer.from("\uFEFF---\ntags: [boats]\n---\nText.\n", "utf16le")],
  ["UTF-16 of the other order", Buffer.from("\uFEFF---\ntags: [boats]\n---\nText.\n", "utf16le").swap16()],
  ["mixed line ends", Buffer.from("---\r\ntags: [boats]\n---\nOne.\r\nTwo.\rThree.\n")],
])("A file in %s is changed where its tags stand, and no other byte of it.", async (_, bytes) => {
  const path = file("post.md", bytes);
  expect(await addTides(path)).toMatchObject({ kind: "changed" });
  const after = readFileSync(path);
  const [added] = [", tides", Buffer.from(", tides", "utf16le"), Buffer.from(", tides", "utf16le").swap16()]
    .map((text) => Buffer.from(text))
    .filter((text) => after.includes(text));
  const at = after.indexOf(added!);
  expect(Buffer.concat([after.subarray(0, at), after.subarray(at + added!.length)])).toEqual(bytes);
});

test("What is no text of an encoding that can be written again is refused and stays as it is.", async () => {
  const bytes = Buffer.from([...Buffer.from("---\ntags: [boats]\n---\nCaf"), 0xe9, 0x0a]);
  const path = file("latin.md", bytes);
  expect(refusalInEnglish(await addTides(path))).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("encoding"),
  });
  expect(readFileSync(path)).toEqual(bytes);
});

test("Broken front matter is refused with its line, and stays as it is.", async () => {
  const path = file("broken.md", "---\ntags: [boats\n---\nText.\n");
  expect(refusalInEnglish(await addTides(path))).toMatchObject({
    kind: "refused",
    reason: expect.stringMatching(/broken in line \d/),
  });
  expect(readFileSync(path, "utf8")).toBe("---\ntags: [boats\n---\nText.\n");
});

test("A look writes nothing and tells what would stand there.", async () => {
  const path = file("post.md", "---\ntags: [boats]\n---\nText.\n");
  const change = await addTides(path, { ...options, isWritten: false });
  expect(change).toMatchObject({ kind: "changed", source: "---\ntags: [boats, tides]\n---\nText.\n" });
  expect(readFileSync(path, "utf8")).toBe("---\ntags: [boats]\n---\nText.\n");
});

test("Permissions and links stay, and no draft is left behind.", async () => {
  const path = file("post.md", "---\ntags: [boats]\n---\nText.\n");
  chmodSync(path, 0o640);
  const link = join(folder, "link.md");
  symlinkSync(path, link);
  expect(await addTides(link)).toMatchObject({ kind: "changed" });
  expect(readFileSync(path, "utf8")).toContain("tides");
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).toSorted()).toEqual(["link.md", "post.md"]);
});

test("What somebody saved while the change was made is not overwritten.", async () => {
  const path = file("post.md", "---\ntags: [boats]\n---\nText.\n");
  const saved = "---\ntags: [boats]\n---\nAnother text.\n";
  const change = await changeFile(
    path,
    (source) => {
      writeFileSync(path, saved);
      return addDocumentTags({ source, format: formatOf(path) }, ["tides"], undefined);
    },
    options,
  );
  expect(refusalInEnglish(change)).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("changed in the meantime"),
  });
  expect(readFileSync(path, "utf8")).toBe(saved);
  expect(readdirSync(folder)).toEqual(["post.md"]);
});
