import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isLanguageRead } from "../../src/corpus/language-read.ts";
import { LanguageTeller } from "../../src/corpus/language-teller.ts";
import { parseDocument } from "../../src/corpus/parse-document.ts";
import { needs } from "../prerequisite.ts";

const cases = needs("shared", "cases/corpus");

function document(file: string) {
  const path = `../shared/cases/corpus/${file}`;
  const parsed = parseDocument({ path, bytes: readFileSync(path), modifiedMs: 0 });
  if (parsed.kind === "failure") throw parsed.failure;
  return parsed.document;
}

describe.skipIf(cases.isMissing)(`The shared cases of documents${cases.note}`, () => {
  it.each<readonly [string, readonly string[]]>([
    ["W01-dollars-in-code.md", ["Use $$ to open math.", "I am glad about this.", "The end is near."]],
    ["W01c-dollar-in-two-codes.md", ["In make $^ is lovely, and I hate $< and $^ a lot."]],
    [
      "W02-dollars-as-price.md",
      [
        "The first place is $$ and the food is great.",
        "I loved every minute of it.",
        "The second is $$ too, and it was awful.",
      ],
    ],
    [
      "W03-highlight-named-in-code.md",
      ["Write {% highlight %} first.", "I am so happy with it.", "Then {% endhighlight %} ends."],
    ],
    ["W08-github-alert.md", ["I wrote this note for you.", "After it I went home."]],
    ["W10-logseq-properties.md", ["First thought here", "call the dentist"]],
    ["W11b-dataview-fields.md", ["I liked it a lot.", "We go on."]],
    ["W12-inline-obsidian-comment.md", ["Before after the comment."]],
    ["W13-block-id.md", ["Renewals get the discount.", "a fine item"]],
    ["W14-mkdocs-tabs.md", ["Prose in tab one that I like.", "Prose in tab two that I hate.", "After."]],
    [
      "W14b-mkdocs-admonition-paragraphs.md",
      ["I wrote this inside.", "And a second paragraph of mine.", "A body after a blank line.", "After."],
    ],
    ["W15-mdx-comment.mdx", ["I like this."]],
    ["W15b-mdx-export.mdx", ["Real prose here."]],
    ["W15c-mdx-attributes.mdx", ["Real prose here."]],
    ["W18-template.md", ["I wrote this in the template of my daily note."]],
    ["W21-hexo-no-opening-fence.md", ["Text I wrote."]],
    [
      "W23-one-stray-byte.md",
      ["The café was naïve and “lovely”, I liked it.", "One stray \uFFFD byte here."],
    ],
    ["W27-bracket-citation.md", ["It is so.[1]", "Next one is good."]],
    ["W28-quote-with-call.md", ['"Stop!" Anna cried.', "I stopped."]],
    ["W34-report.qmd", ["I am glad about the numbers of this year."]],
    ["W42-bracket-math.md", ["Yields this.", "Then go on."]],
    ["W43-email-reply.txt", ["I loved it, though."]],
    ["W45-notebook.ipynb", ["I am glad about this lovely day."]],
  ])("%s: its sentences are %j.", (file, sentences) => {
    expect(document(file).sentences.map(({ plain }) => plain)).toEqual(sentences);
  });

  it.each([
    ["W05-inline-hashtags.md", ["garden", "journal/2024"]],
    ["W29-digit-and-mark-tags.md", ["2024goals", "हिन्दी"]],
    ["W29b-emoji-tag.md", ["🌱seed", "_private"]],
  ])("%s: its hashtags are %j.", (file, hashtags) => {
    expect(document(file).hashtags).toEqual(hashtags);
  });

  it("W19-dendron-epoch.md: its date is told.", () => {
    expect(new Date(document("W19-dendron-epoch.md").dateMs ?? 0).toISOString()).toMatch(/^2021-01-07/);
  });

  it("W36-jekyll-space-tags.md: its tag of three words may be three.", () => {
    expect(document("W36-jekyll-space-tags.md").spacedTags).toEqual(["rust async web"]);
  });

  it("W25-german.md: no sentence is told as English.", async () => {
    const teller = await LanguageTeller.open();
    const { fields, sentences } = document("W25-german.md");
    const told = teller.tell(
      fields,
      sentences.map(({ plain }) => plain),
    );
    expect(told.sentences.filter((language) => isLanguageRead(language))).toEqual([]);
  });
});
