import { expect, test } from "vitest";
import { org } from "../../../src/corpus/formats/org.ts";
import { readFormat } from "./read-format.ts";

const source = `:PROPERTIES:
:ID: 123
:END:
#+title: My garden
#+filetags: :garden:rain:
#+date: <2023-04-05 Wed>
#+author: Ann Lee

Some *bold text* and /slanted/ words, with =code= and ~more code~ in [[https://www.x.org][a link to
X]]. See [[https://www.y.org/a]] or https://z.org/foo. A sum $x+y$ is here.
# a comment
It goes on [fn:1]. On [2020-01-02 Thu] it rained.

* TODO [#A] First heading                       :tag:other:
SCHEDULED: <2020-01-01 Wed>
- an item that is long
  and goes on. 
- [ ] another one
- Term :: its meaning is this.

#+begin_src python
print("x")
#+end_src

#+BEGIN_QUOTE
Not mine at all.
#+END_QUOTE

#+begin_note
This note is mine.
#+end_note
| a | b |
[fn:1] The footnote says more.
`;

test("Org gives the writer's sentences, with places, and what the document says of itself.", () => {
  expect(readFormat(source, org)).toEqual({
    sentences: [
      "Some bold text and slanted words, with code and more code in a link to X.",
      "See y.org or z.org.",
      "A sum is here.",
      "It goes on.",
      "On it rained.",
      "an item that is long and goes on.",
      "another one",
      "Term",
      "its meaning is this.",
      "This note is mine.",
      "The footnote says more.",
    ],
    headings: ["1 First heading"],
    kinds: ["code", "heading", "html", "link", "math", "prose", "quotation", "table"],
    misplaced: [],
    said: {
      title: "My garden",
      date: 1680652800000,
      authors: ["Ann Lee"],
      tags: ["garden", "rain"],
    },
  });
});

test.each(["- a\n", "*a ", "[[", ":A:\n", "#+begin_src\n", "* a  "])(
  "%j again and again costs little.",
  (sign) => {
    const startMs = process.cpuUsage().user / 1000;
    try {
      readFormat(sign.repeat(100_000 / sign.length), org);
    } catch (cause) {
      expect(cause).toMatchObject({ name: "BrokenDocumentError" });
    }
    expect(process.cpuUsage().user / 1000 - startMs).toBeLessThan(2_000);
  },
);

test("Indices, powers and formulas of Org are told from prices.", () => {
  const source =
    "An O_{2} and 10^{3} more cost 1$\\times 10^{-3}$ here, not US$5 or A$6. A snake_case stays.";
  expect(readFormat(source, org).sentences).toEqual([
    "An O2 and 103 more cost 1 here, not US$5 or A$6.",
    "A snake_case stays.",
  ]);
});

test("Notes within a paragraph of Org are read behind it.", () => {
  const prose = readFormat("It rained.[fn:: It *often* does. See [[https://a.org][this]].] We left.", org);
  expect(prose.sentences).toEqual(["It rained.", "We left.", "It often does.", "See this."]);
  expect(prose.misplaced).toEqual([]);
});

test("Code of Org may go over the end of a line, not over two.", () => {
  const { sentences } = readFormat("Press ~M-x\nwater-the-bed~ now.\n\nOr =a\nb\nc= not.\n", org);
  expect(sentences).toEqual(["Press M-x water-the-bed now.", "Or =a b c= not."]);
});

test("What Logseq puts into outlines of Org is left out: ids of blocks, references to them, and embeds.", () => {
  const id = "60acdeba-b3fd-4f90-ab54-3093caa4d5fa";
  const source = `* The quay\n:id: ${id}\n\nIt is wet ((${id})) today. {{embed ((${id}))}}\n\n:id: is a key (so (they)) say.\n`;
  expect(readFormat(source, org).sentences).toEqual(["It is wet today.", ":id: is a key (so (they)) say."]);
});
