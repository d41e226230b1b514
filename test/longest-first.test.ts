import { expect, test } from "vitest";
import { byProject, type FileOfProject } from "./longest-first.ts";

const fileOf = (file: string, name: string, groupOrder = 0): FileOfProject & { readonly file: string } => ({
  file,
  project: { name, config: { sequence: { groupOrder } } },
});

test("Files that take minutes come before those of seconds, and a later group behind all.", () => {
  const sorted = byProject([
    fileOf("figures", "perf", 1),
    fileOf("tags", "unit"),
    fileOf("learning", "whole"),
    fileOf("windows", "editor"),
    fileOf("dates", "unit"),
    fileOf("journey", "editor"),
  ]);
  const files = sorted.map(({ file }) => file);
  expect(files).toEqual(["windows", "journey", "learning", "tags", "dates", "figures"]);
});
