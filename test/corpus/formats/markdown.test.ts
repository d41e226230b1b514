import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Prose } from "../../../src/corpus/document.ts";
import { mdx, readMarkdown } from "../../../src/corpus/formats/markdown.ts";

function read(source: string): Prose {
  return readMarkdown(source, 0, "en");
}

function plain(source: string): readonly string[] {
  return read(source).sentences.map((sentence) => sentence.plain);
}

function textsOfPart(source: string, kind: string): readonly string[] {
  return read(source)
    .parts.filter((part) => part.kind === kind)
    .map(({ start, end }) => source.slice(start, end));
}

describe("reading Markdown", () => {
  it("gives the reading text beside the exact source", () => {
    const source = 'This is **very** [good](https://example.org/a_b "Title"), isn\'t it?\nYes &amp; no\\!';
    expect(read(source).sentences).toMatchObject([
      { plain: "This is very good, isn't it?", start: 0, end: 67 },
      { plain: "Yes & no!", text: "Yes &amp; no\\!" },
    ]);
  });

  it("takes the delimiters along where a sentence holds all of the markup", () => {
    const { sentences } = read("**Stop here.** [Go](x) on _now_.");
    expect(sentences.map(({ text }) => text)).toEqual(["**Stop here.**", "[Go](x) on _now_."]);
  });

  it("cuts inside markup that spans sentences", () => {
    expect(read("*One here. Two there.*").sentences.map(({ text }) => text)).toEqual([
      "One here.",
      "Two there.",
    ]);
  });

  it("keeps headings apart from the text", () => {
    const { headings, sentences } = read("# A *title*\n\nText.\n\nUnder\n-----\nMore.");
    expect(headings).toMatchObject([
      { plain: "A title", text: "A *title*", level: 1 },
      { plain: "Under", level: 2 },
    ]);
    expect(sentences.map((sentence) => sentence.plain)).toEqual(["Text.", "More."]);
  });

  it("makes each list item a paragraph of its own", () => {
    const { sentences } = read("Buy:\n\n- milk and honey\n- bread\n  1. rye bread\n  2. white bread\n");
    expect(sentences.map(({ plain: text, paragraph }) => [paragraph, text])).toEqual([
      [0, "Buy:"],
      [1, "milk and honey"],
      [2, "bread"],
      [3, "rye bread"],
      [4, "white bread"],
    ]);
  });

  it("leaves out what is not the writer's prose", () => {
    const source =
      "Mine.\n\n> Not mine.\n\n```\ncode.\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n![alt text](x.png)\n\n[ref]: https://example.org\n";
    expect(plain(source)).toEqual(["Mine."]);
    expect(textsOfPart(source, "quotation")).toEqual(["> Not mine."]);
    expect(textsOfPart(source, "code")).toEqual(["```\ncode.\n```"]);
    expect(textsOfPart(source, "table")).toHaveLength(1);
    expect(textsOfPart(source, "image")).toEqual(["![alt text](x.png)"]);
  });

  it("takes rows without a line of dashes for a table", () => {
    expect(plain("| CPU | fast |\n| RAM | small |")).toEqual([]);
  });

  it("reads code within a sentence as words, and drops what is only code", () => {
    expect(plain("Run `make all` first.\n\n- `make install`\n- <https://example.org/x>\n")).toEqual([
      "Run make all first.",
    ]);
  });

  it("reads a bare address as its host", () => {
    expect(plain("See https://www.example.org/a/b.html for more.")).toEqual(["See example.org for more."]);
  });

  it("drops the marks of footnotes and reads their text", () => {
    expect(plain("It works.[^1] Really.\n\n[^1]: Mostly it does.")).toEqual([
      "It works.",
      "Really.",
      "Mostly it does.",
    ]);
  });

  it("joins wrapped lines, and takes a hard break for an end", () => {
    expect(plain("One line\r\nand the next.\n\nRoses are red  \nViolets are blue")).toEqual([
      "One line and the next.",
      "Roses are red",
      "Violets are blue",
    ]);
  });

  it("reads over marks of emphasis that CommonMark does not take for such", () => {
    expect(plain("**Note:**this is it.")).toEqual(["Note: this is it."]);
  });
});

describe("reading HTML in Markdown", () => {
  it("reads a body of HTML paragraphs", () => {
    const source = '<p>It&#8217;s <a href="x">here</a>.\nGo <b>on</b>.</p>\n<p>New<br>line</p>\n';
    const { sentences } = read(source);
    expect(sentences.map((sentence) => [sentence.paragraph, sentence.plain])).toEqual([
      [0, "It’s here."],
      [0, "Go on."],
      [1, "New line"],
    ]);
    expect(sentences[1]?.text).toBe("Go <b>on</b>.");
  });

  it("leaves out quotations, code and scripts in HTML, over several blocks", () => {
    const source =
      "Mine.\n\n<blockquote>\n\nNot mine.\n\n</blockquote>\n\n<pre>code</pre>\n<script>if (a < b) x();</script>\n\nMine too.";
    expect(plain(source)).toEqual(["Mine.", "Mine too."]);
    expect(textsOfPart(source, "quotation")).toEqual(["<blockquote>\n\nNot mine.\n\n</blockquote>"]);
  });

  it("loses no text to an element that is never closed", () => {
    expect(plain("<blockquote>Quoted.\n\nMine.\n\nMore.")).toEqual(["Mine.", "More."]);
  });

  it("reads comments as nothing", () => {
    expect(plain("One. <!-- more --> Two.\n\n<!-- hidden. -->")).toEqual(["One.", "Two."]);
    expect(plain("<!-- a\n\n<pre>\nb\n</pre> hidden.\n\n-->\n\nOne.\n\nTwo.")).toEqual(["One.", "Two."]);
  });

  it.each([
    ["in an element", "<div><!-- a\n\n<pre>b</pre> Hidden.\n\nHidden.\n\n-->\n\nOne.\n\n</div>\n\nTwo."],
    ["in an item of a list", "- <!-- a\n\nHidden.\n\n- Hidden.\n\n--> hidden\n\nOne.\n\nTwo."],
    ["that ends in HTML", "<div><!-- a\n\nHidden.\n\n<p>Hidden. --> One.</p>\n\nTwo."],
    ["that ends nowhere", "<div><!-- hidden.\n\nOne.\n\nTwo."],
  ])("reads a comment over blank lines as nothing, %s", (_what, source) => {
    expect(plain(source)).toEqual(["One.", "Two."]);
  });

  /** In CommonMark a block of `<pre>` ends with the line of the closing tag, whatever else it has begun. */
  it.each([
    ["a comment", "<pre>a <!-- b\n\nc</pre> One.\n\nTwo."],
    ["a comment that ends far below", "<pre>\na <!--\n</pre>\n\nOne.\n\n-->\n\nTwo."],
    ["an instruction", "<pre>\na <? b\n</pre>\n\nOne.\n\nTwo."],
    ["a section of characters", "<pre>\na <![CDATA[ b </pre>\n\nOne.\n\nTwo."],
    ["a tag", "- <pre>\n  a <b c\n  </pre>\n\nOne.\n\nTwo."],
    ["an attribute", '<table>\n<tr class="a>\n</table>\n\nOne.\n\nTwo.'],
    ["a comment that has the only closing tag", "<pre>\na <!-- </pre> -->\n\nOne.\n\nTwo."],
  ])("loses no text behind an element that has begun %s", (_what, source) => {
    expect(plain(source)).toEqual(["One.", "Two."]);
  });

  it("takes a closing tag in a comment, or an opening one in a script, for none", () => {
    expect(plain("<pre>\n<!-- </pre> -->\nHidden.\n</pre>\n\nOne.")).toEqual(["One."]);
    expect(plain("<blockquote><blockquote>A.</blockquote>Hidden.</blockquote>One.")).toEqual(["One."]);
    expect(plain("<script>\nlet a = '<script>';\n</script>\n\nOne.")).toEqual(["One."]);
  });
});

describe("reading what generators add to Markdown", () => {
  it.each([
    ["a Liquid block of code", "One.\n\n{% highlight ruby %}\nputs 'Hi.'\n{% endhighlight %}\n\nTwo."],
    ["Hugo shortcodes", 'One.\n\n{{< figure src="a.png" >}}\n\n{{% note %}}\nTwo.\n{{% /note %}}'],
    ["Zola shortcodes over several lines", 'One. {{ video(\n  url="https://example.org/x.y"\n) }}\n\nTwo.'],
    ["Kramdown attributes", "One.\n{: .info }\n\nTwo.\n{: #two}"],
    ["a shortcode before a word", "{{< icon >}} One.\n\nTwo."],
    ["mathematics", "One.\n\n$$\na = b. C = d\n$$\n\nTwo."],
    ["admonitions", '!!! note "Title"\n    One.\n\n::: warning\nTwo.\n:::'],
  ])("leaves out %s", (_what, source) => {
    expect(plain(source)).toEqual(["One.", "Two."]);
  });

  it("keeps shortcodes that are shown as code", () => {
    expect(plain("Write `{{ title }}` there.\n\n```\n{% raw %}\n```\n\nThen go on.")).toEqual([
      "Write {{ title }} there.",
      "Then go on.",
    ]);
  });

  it("reads wiki links as what they show", () => {
    expect(plain("See [[Some Page|that page]] and [[Other]].")).toEqual(["See that page and Other."]);
  });

  it("takes money for money", () => {
    expect(plain("It costs $5, not $10 or {2}.")).toEqual(["It costs $5, not $10 or {2}."]);
  });

  it("leaves out the module code of MDX", () => {
    const source = 'import X from "./x.js"\n\n<X />\n\nHello {props.name} there.';
    expect(mdx.read(source, 0, "en").sentences.map((sentence) => sentence.plain)).toEqual(["Hello there."]);
  });
});

describe("positions in Markdown", () => {
  const fragment = fc.constantFrom(
    "Some words here. ",
    "And **bold. Text** it is! ",
    "a [link](https://example.org) ",
    "`code. Here` ",
    "<b>html.</b> ",
    "&amp; &#8217; \\* ",
    "{{ x }} {% y %} ",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "- item. Two\n",
    "> quoted\n",
    "\t",
    "    ",
    "\u00a0",
    "😀 ",
    "\0",
    "<p>\n",
    "</p>\n",
    "# Head\n",
    "[^1]",
    "[[a|b]]",
    "| a | b |\n",
    "```\n",
  );

  it("are exact for every text, mark and all", () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), fc.boolean(), (fragments, withMark) => {
        const source = (withMark ? "\uFEFF" : "") + fragments.join("");
        const { sentences, headings, parts } = read(source);
        for (const { text, start, end } of [...sentences, ...headings]) {
          expect(source.slice(start, end)).toBe(text);
          expect(text.trim()).toBe(text);
        }
        for (const [index, sentence] of sentences.entries()) {
          expect(sentence.start).toBeGreaterThanOrEqual(sentences[index - 1]?.end ?? 0);
        }
        for (const { start, end } of parts) expect(start < end && end <= source.length).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("count a byte order mark and both characters of a line end", () => {
    const source = "\uFEFFFirst.\r\n\r\nSecond one.";
    expect(read(source).sentences).toMatchObject([
      { text: "First.", start: 1, end: 7 },
      { text: "Second one.", start: 11 },
    ]);
  });
});
