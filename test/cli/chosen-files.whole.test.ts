import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-chosen-"));
const blog = writeSmallBlog(join(folder, "blog"), 6);
const common = ["--store", join(folder, "store"), "--model", tinyModel(folder), "--json"];

useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function learned(...options: readonly string[]) {
  const { json, errors } = await idiolect(["learn", blog, ...options, ...common]);
  return { documents: json()["documents"], errors };
}

test("Files that a terminal run chose are those of the next one without options, which says so.", async () => {
  expect((await learned()).documents).toBe(6);
  const chosen = await learned("--exclude", "01-*", "--exclude", "02-*");
  expect(chosen.documents).toBe(4);
  const again = await learned();
  expect(again.documents).toBe(4);
  expect(again.errors).toContain("Reading the files that were chosen before: not 01-*, 02-*.");
  const report = await idiolect(["report", ...common]);
  expect(report.json()["since"]).toMatchObject({ added: 0 });
  expect((await learned("--include", "0[1-3]-*.md")).documents).toBe(3);
  const all = await learned("--all-files");
  expect(all.documents).toBe(6);
  expect((await learned()).errors).not.toContain("chosen before");
});

test("A pattern that leads out is told as it was written.", async () => {
  const { errors } = await learned("--include", "../else/../*.md", "--include", "01-*");
  expect(errors).toContain("the pattern '../else/../*.md' leads out of this folder");
  await learned("--all-files");
});

test("Two ways of saying it at once are refused.", async () => {
  const { code, errors } = await idiolect(["learn", blog, "--all-files", "--exclude", "01-*", ...common]);
  expect(code).toBe(2);
  expect(errors).toContain("use one or the other");
});
