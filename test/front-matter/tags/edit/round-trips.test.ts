import fc from "fast-check";
import { expect, it } from "vitest";
import { readFrontMatter } from "../../../../src/front-matter/front-matter.ts";
import { applyEdits, editTags } from "../../../../src/front-matter/tags/edit/edit-tags.ts";
import { tagsIn } from "../../../../src/front-matter/tags/tags.ts";
import { inEnglish } from "../../../../src/said/said.ts";
import { tagKey } from "../../../../src/text/tag-key.ts";

const format = { holdsTags: true };

/** A front matter in parts: what stands before the field of tags, the field, and what stands after it. */
interface Parts {
  readonly above: string;
  readonly field: string;
  readonly below: string;
}

const word = fc
  .stringMatching(/^[\p{L}][\p{L}\p{N} _-]{0,9}$/u)
  .filter((text) => /^(?!null$|~$)/i.test(text));
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4, selector: tagKey }).map((list) => {
  return list.map((text) => text.trim()).filter((text) => tagKey(text) !== "");
});
const quoted = (list: readonly string[]) => list.map((tag) => JSON.stringify(tag));

const yamlLines = fc.subarray([
  "title: 'The  Long Way'",
  "date:   2021-05-04   # when",
  "# a comment: with [brackets]",
  "draft: no",
  "aliases: [ /one , /two ]",
  "summary: >\n  Folded text\n  tags: [not these]",
  "cover: { image: a.jpg, alt: '—' }",
  "née: Ünïcode 🚣",
  "empty:",
  "x:\ty",
]);
const yamlFields: readonly ((tags: readonly string[]) => string)[] = [
  (tags) => `tags: [${quoted(tags).join(", ")}]`,
  (tags) => `tags:   [ ${quoted(tags).join(" ,")} ]  # mine`,
  (tags) =>
    `Tags: [\n${quoted(tags)
      .map((tag) => `    ${tag},\n`)
      .join("")}  ]`,
  (tags) =>
    `tags:\n${quoted(tags)
      .map((tag) => `- ${tag}`)
      .join("\n")}`,
  (tags) =>
    `"tags" :\n${quoted(tags)
      .map((tag) => `    -   ${tag} # why`)
      .join("\n")}`,
  (tags) =>
    `categories:\n${quoted(tags)
      .map((tag) => `  - ${tag}`)
      .join("\n")}`,
  (tags) => `keywords: [${quoted(tags).join(",")}]`,
];
const yaml: fc.Arbitrary<readonly [Parts, readonly string[]]> = fc
  .tuple(
    yamlLines,
    words,
    fc.constantFrom(...yamlFields),
    fc.boolean(),
    fc.constantFrom("---", "...", "---  "),
  )
  .map(([lines, tags, spell, isHalf, close]) => {
    const cut = Math.floor(lines.length / 2);
    const open = isHalf ? "title: A day\nlayout: post\n" : "---\n";
    const first = isHalf ? lines.filter((line) => !line.startsWith("title")) : lines;
    return [
      {
        above:
          open +
          first
            .slice(0, cut)
            .map((line) => `${line}\n`)
            .join(""),
        field: spell(tags),
        below: `\n${first
          .slice(cut)
          .map((line) => `${line}\n`)
          .join("")}${isHalf ? "---" : close}\n`,
      },
      tags,
    ];
  });
const toml: fc.Arbitrary<readonly [Parts, readonly string[]]> = fc
  .tuple(words, fc.constantFrom(", ", " , ", ",\n  "), fc.constantFrom("tags = ", "tags=", '"Tags" = '))
  .map(([tags, between, key]) => [
    {
      above: "+++\n# comment\ntitle = 'A \"day\"'\n",
      field: `${key}[${quoted(tags).join(between)}]`,
      below: "\ndate = 2021-05-04T10:00:00Z\n[extra]\nlist = [[1, 2], ['a]']]\n+++\n",
    },
    tags,
  ]);
const json: fc.Arbitrary<readonly [Parts, readonly string[]]> = fc
  .tuple(words, fc.constantFrom(", ", ",", ",\n    "), fc.constantFrom(" ", "\n  ", "\n\t"))
  .map(([tags, between, gap]) => [
    {
      above: `{${gap}"title": "A } \\"day\\"",${gap}"tags": `,
      field: `[${quoted(tags).join(between)}]`,
      below: `,${gap}"draft": false ,${gap}"menu": { "tags": ["no"] }\n}\n`,
    },
    tags,
  ]);

it("Adding and removing a tag leaves every other byte, in 200 varied front matters.", () => {
  const extras = fc.constantFrom("\n", "\r\n", "\r");
  const body = fc.constantFrom("\nI rowed. #boats\n", "I rowed.", "\n---\ntags: [x]\n---\n", "");
  const mark = fc.constantFrom("", "\uFEFF", "\n\n");
  fc.assert(
    fc.property(fc.oneof(yaml, toml, json), extras, body, mark, ([parts, tags], newLine, text, lead) => {
      const crlf = (part: string) => part.replaceAll("\n", newLine);
      const [above, field, below] = [lead + crlf(parts.above), crlf(parts.field), crlf(parts.below) + text];
      const source = above + field + below;
      expect(tagsOf(source)).toEqual(tags.map(tagKey));
      const expectAround = (edited: string) => {
        expect(edited.slice(0, above.length)).toBe(above);
        expect(edited.slice(edited.length - below.length)).toBe(below);
      };
      const more = edited(source, [...tags, "an entirely new tag"]);
      expect(tagsOf(more)).toEqual([...tags, "an entirely new tag"].map(tagKey));
      expectAround(more);
      expect(edited(more, tags)).toBe(source);
      for (const gone of tags) {
        const fewer = edited(
          source,
          tags.filter((tag) => tag !== gone),
        );
        expect(tagsOf(fewer)).toEqual(tags.filter((tag) => tag !== gone).map(tagKey));
        expectAround(fewer);
      }
    }),
    { numRuns: 200 },
  );
});

function edited(source: string, tags: readonly string[]): string {
  const editing = editTags(source, format, tags);
  if (editing.kind === "refused") throw new Error(`${inEnglish(editing.reason)} ${source}`);
  return applyEdits(source, editing.edits);
}

function tagsOf(source: string): readonly string[] {
  return tagsIn(readFrontMatter(source)?.fields ?? new Map()).map(tagKey);
}
