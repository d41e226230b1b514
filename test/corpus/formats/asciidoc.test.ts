import { expect, test } from "vitest";
import { asciidoc } from "../../../src/corpus/formats/asciidoc.ts";
import { readFormat } from "./read-format.ts";

const source = `= My garden
Ann Lee <ann@x.org>
v1.0, 2020-05-06
:keywords: garden, rain
:toc:

First *bold* text and _slanted words_ with \`code\` and https://x.org[a link,window=_blank] here. It's 'fine'.
Second line{nbsp}here.footnote:[A note.] See <<other,the other>> and link:a.html[that^]. Bare https://y.org too.

== Section

[source,ruby]
----
puts 1
----

NOTE: Take care of the roses.

[quote, Bob]
Not mine.

[NOTE]
====
Inside a box. Indeed.
====

.A title
* First item
goes on
** nested _item_
. numbered one
+
Continued paragraph.

term:: its meaning
is this.

 literal text

____
Quoted.
____

|===
|a |b
|===
// a comment
image::a.png[A picture]
Last "\`quoted words\`" paragraph.
`;

test("AsciiDoc gives the writer's sentences, with places, and what the document says of itself.", () => {
  expect(readFormat(source, asciidoc)).toEqual({
    sentences: [
      "First bold text and slanted words with code and a link here.",
      "It's 'fine'.",
      "Second line here.",
      "See the other and that.",
      "Bare y.org too.",
      "A note.",
      "Take care of the roses.",
      "Inside a box.",
      "Indeed.",
      "First item goes on",
      "nested item",
      "numbered one",
      "Continued paragraph.",
      "term",
      "its meaning is this.",
      "Last quoted words paragraph.",
    ],
    headings: ["1 My garden", "2 Section"],
    kinds: ["code", "heading", "html", "link", "prose", "quotation", "table"],
    misplaced: [],
    said: {
      title: "My garden",
      date: 1588723200000,
      authors: ["Ann Lee"],
      tags: ["garden", "rain"],
    },
  });
});

test.each([":", "----\na\n", "[[", "*a "])("%j again and again costs little.", (sign) => {
  const startMs = process.cpuUsage().user / 1000;
  try {
    readFormat(sign.repeat(100_000 / sign.length), asciidoc);
  } catch (cause) {
    expect(cause).toMatchObject({ name: "BrokenDocumentError" });
  }
  expect(process.cpuUsage().user / 1000 - startMs).toBeLessThan(2_000);
});

const read = (source: string) => readFormat(source, asciidoc).sentences;

test("Terms of the index in AsciiDoc are left out, brackets in them too, and shown ones are words.", () => {
  const terms = '((("release (of tea), choosing", id="a")))((("choosing", "tea (green)")))';
  expect(read(`By now,${terms} the ((kettle (old))) sings. It ((("end")))ends.\n`)).toEqual([
    "By now, the kettle (old) sings.",
    "It ends.",
  ]);
});

test("Marks of AsciiDoc may stand within their own words, and entities are signs.", () => {
  expect(read("The __old_name__ box and _a/2_b.js_ stay.&nbsp;She said &#x201c;no.&#x201d;\n")).toEqual([
    "The old_name box and a/2_b.js stay.",
    "She said “no.”",
  ]);
});

test("Links of AsciiDoc may have no words, or begin with an attribute.", () => {
  expect(read("Docs: https://x.org/y[] now. See {url}/x[these words^] and {docs}[those].\n")).toEqual([
    "Docs: x.org now.",
    "See these words and those.",
  ]);
});

test("Notes within a paragraph of AsciiDoc are read behind it.", () => {
  const prose = readFormat(
    "It rained.footnote:[It *often* does. See https://a.org[this].] We left.\n",
    asciidoc,
  );
  expect(prose.sentences).toEqual(["It rained.", "We left.", "It often does.", "See this."]);
  expect(prose.misplaced).toEqual([]);
});
