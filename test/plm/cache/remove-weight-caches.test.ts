import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeWeightCaches } from "../../../src/plm/cache/remove-weight-caches.ts";
import { openTinyModel } from "../tiny-model.ts";

const newFolder = (): string => mkdtempSync(join(tmpdir(), "idiolect-caches-"));

/** All files below a folder. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("the unpacked weights", () => {
  it("are removed with their folder, and all bytes are counted", async () => {
    const cache = join(newFolder(), "idiolect");
    await openTinyModel(cache);
    const [folder] = readdirSync(cache);
    const bytes = filesBelow(cache).reduce((sum, path) => sum + statSync(path).size, 0);
    expect(removeWeightCaches(cache)).toEqual({ folders: [join(cache, folder!)], bytes, left: [] });
    expect(existsSync(cache)).toBe(false);
  });

  it("of earlier versions go, too, with what was being written", () => {
    const cache = join(newFolder(), "idiolect");
    const folder = join(cache, "0123456789abcdef");
    mkdirSync(folder, { recursive: true });
    const names = ["weights.bin", "weights-2.bin", "weights-2.json", "fedcba9876543210.onnx"];
    const drafts = names.map((name) => `${name}.2f1b0c3e-1111-4222-8333-444455556666.draft`);
    for (const name of [...names, ...drafts]) writeFileSync(join(folder, name), "abc");
    expect(removeWeightCaches(cache)).toEqual({ folders: [folder], bytes: 24, left: [] });
    expect(existsSync(cache)).toBe(false);
  });

  it("go alone: files, folders and links of others stay", async () => {
    const cache = newFolder();
    const model = await openTinyModel(cache);
    const folder = join(cache, readdirSync(cache)[0]!);
    const others = [join(cache, "photos"), join(cache, "0123456789abcdef0")];
    for (const path of others) mkdirSync(path);
    const precious = [...others.map((path) => join(path, "weights.bin")), join(folder, "notes.txt")];
    for (const path of precious) writeFileSync(path, "precious");
    symlinkSync(others[0]!, join(cache, "aaaaaaaaaaaaaaaa"));
    expect(removeWeightCaches(cache)).toMatchObject({ folders: [], left: [] });
    expect(precious.filter((path) => !existsSync(path))).toEqual([]);
    expect(filesBelow(folder)).toEqual([join(folder, "notes.txt")]);
    expect(model.id).toMatch(/^[0-9a-f]{64}$/);
  });

  it("that are not there are no error", () => {
    expect(removeWeightCaches(join(newFolder(), "none"))).toEqual({ folders: [], bytes: 0, left: [] });
  });
});
