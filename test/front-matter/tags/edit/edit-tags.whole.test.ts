import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_INCLUDE, discoverFiles } from "../../../../src/corpus/files/discover.ts";
import { diskFileSource } from "../../../../src/corpus/files/file-source.ts";
import { formatOf } from "../../../../src/corpus/formats/formats.ts";
import { readFrontMatter } from "../../../../src/front-matter/front-matter.ts";
import { applyEdits, editTags } from "../../../../src/front-matter/tags/edit/edit-tags.ts";
import { tagsIn } from "../../../../src/front-matter/tags/tags.ts";
import { tagKey } from "../../../../src/text/tag-key.ts";
import { needs } from "../../../prerequisite.ts";
import { refusalInEnglish } from "../../../said/in-english.ts";

const BLOGS = [
  "chris-wellons",
  "ruben-schade",
  "phil-haack",
  "drew-devault",
  "protesilaos-stavrou",
  "will-norris",
  "matthias-endler",
  "justin-wheeler",
  "kevin-deldycke",
  "bozhidar-batsov",
];
const TIMEOUT_MS = 120_000;
const CORPORA = path.resolve("../shared/corpora");
const TAG_LINES = /^\s*["']?(?:tags?|categor(?:y|ies))["']?\s*[:=]/i;

const corpora = needs("shared", "corpora");

describe.skipIf(corpora.isMissing).each(BLOGS)(`the tags of %s${corpora.note}`, (blog) => {
  it(
    "become those wished in every document, and nothing else changes",
    async () => {
      const globs = { include: DEFAULT_INCLUDE, exclude: [] };
      const { files } = await discoverFiles([path.join(CORPORA, blog)], globs, diskFileSource);
      for (const file of files) {
        const source = await readFile(file.path, "utf8");
        const tags = tagsIn(readFrontMatter(source)?.fields ?? new Map());
        for (const wished of wishesFor(tags)) expectEdited(source, file.path, wished);
      }
    },
    TIMEOUT_MS,
  );
});

/** One more, one less, none. */
function wishesFor(tags: readonly string[]): readonly (readonly string[])[] {
  return [[...tags, "An entirely new tag"], tags.slice(1), tags.slice(0, -1), []];
}

function expectEdited(source: string, file: string, wished: readonly string[]): void {
  const editing = editTags(source, formatOf(file), wished);
  if (editing.kind === "refused") {
    // Broken front matter is the only thing in ten blogs that is refused.
    expect({ file, editing: refusalInEnglish(editing) }).toMatchObject({
      editing: { reason: expect.stringContaining("broken in line") },
    });
    expect(readFrontMatter(source)?.fault).toBeDefined();
    return;
  }
  const edited = applyEdits(source, editing.edits);
  const keys = tagsIn(readFrontMatter(edited)?.fields ?? new Map()).map(tagKey);
  expect({ file, keys: keys.toSorted() }).toEqual({ file, keys: wished.map(tagKey).toSorted() });
  expect({ file, rest: withoutTagLines(edited) }).toEqual({ file, rest: withoutTagLines(source) });
}

/** The lines that are not of a field of tags. */
function withoutTagLines(source: string): string {
  let isInside = false;
  const end = readFrontMatter(source)?.end ?? 0;
  const lines = source
    .slice(0, end)
    .split("\n")
    .filter((line) => {
      isInside = TAG_LINES.test(line) || (isInside && /^\s*-\s|^\s*-$/.test(line));
      return !isInside;
    });
  return lines.join("\n") + source.slice(end);
}
