import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatOf } from "../../../src/corpus/formats/formats.ts";
import { LiveSource } from "../../../src/corpus/live/live-source.ts";
import { readFrontMatter } from "../../../src/front-matter/front-matter.ts";
import { tagPlaceAt } from "../../../src/front-matter/tags/complete/tag-place.ts";
import { applyEdits, editTags } from "../../../src/front-matter/tags/edit/edit-tags.ts";
import { tagsIn } from "../../../src/front-matter/tags/tags.ts";
import { inEnglish } from "../../../src/said/said.ts";
import { needs } from "../../prerequisite.ts";

const cases = needs("shared", "cases/corpus");
const read = (file: string) => readFileSync(`../shared/cases/corpus/${file}`, "utf8");
const tagsOf = (source: string) => tagsIn(readFrontMatter(source)?.fields ?? new Map());

/** The prefix that is completed right behind a text of the source; undefined: nothing is. */
function completedBehind(file: string, text: string): string | undefined {
  const source = read(file);
  const at = source.indexOf(text);
  expect(at).toBeGreaterThanOrEqual(0);
  const live = new LiveSource(source, file, formatOf(file));
  while (live.advance());
  return tagPlaceAt(source, at + text.length, formatOf(file), (place) => live.takesHashtag(place))?.prefix;
}

function edited(file: string, tags: readonly string[]): string {
  const source = read(file);
  const editing = editTags(source, formatOf(file), tags);
  if (editing.kind === "refused") throw new Error(inEnglish(editing.reason));
  return applyEdits(source, editing.edits);
}

describe.skipIf(cases.isMissing)(`The shared cases of tags${cases.note}`, () => {
  it.each([
    ["W06-nested-list-hashtag.md", "#ru", "ru"],
    ["W06b-tab-list-hashtag.md", "#ru", "ru"],
    ["W29-digit-and-mark-tags.md", "#2024go", "2024go"],
    ["W29-digit-and-mark-tags.md", "#हिन्दी", "हिन्दी"],
    ["W29b-emoji-tag.md", "#🌱seed", "🌱seed"],
    ["W29b-emoji-tag.md", "#_private", "_private"],
    ["W31-hash-in-comment-and-pre.md", "#ru", undefined],
    ["W31-hash-in-comment-and-pre.md", "-->\n\n<pre>\na\n\nb #ru", undefined],
  ])("%s: behind %s completion sees %s.", (file, text, prefix) => {
    expect(completedBehind(file, text)).toBe(prefix);
  });

  it.each([
    ["W17-tags-null.md", []],
    ["W17b-tags-tilde.md", ["rust"]],
    ["W18-template.md", []],
    ["W21-hexo-no-opening-fence.md", ["a"]],
    ["W21b-json-front-matter.md", ["a"]],
  ])("%s: its tags are %j.", (file, tags) => {
    expect(tagsOf(read(file))).toEqual(tags);
  });

  it.each([
    ["W21-hexo-no-opening-fence.md", "new", "- a\n---", "- a\n- new\n---"],
    ["W21b-json-front-matter.md", "new", '["a"]', '["a", "new"]'],
    ["W41-merge-key-tag.md", "<<", "[a]", '[a, "<<"]'],
  ])("%s: the tag %s is added in place.", (file, tag, before, after) => {
    expect(edited(file, ["a", tag])).toBe(read(file).replace(before, after));
  });
});
