import { expect, test } from "vitest";
import { restructuredText } from "../../../src/corpus/formats/restructured-text.ts";
import { readFormat } from "./read-format.ts";

const source = `My garden
#########

:date: 2020-05-06 10:00
:tags: garden, rain
:author: Ann Lee

.. _target: https://x.org

First *paragraph* with **bold words** and \`\`code\`\` and a \`link
here <https://x.org/a>\`_. See :ref:\`the other <other>\` and :math:\`x^2\` [1]_ too.
See https://y.org now.

Section
=======

.. note:: Take care of
   the roses.

.. warning::

   They bite. Indeed.

.. code-block:: python

   print("x")

   y = 2

A list follows::

    literal text here

- First item
  goes on.

  Second paragraph of it.
- Another item.

    A quotation by somebody.

Term
    Its meaning is this.

=====  =====
A      B
=====  =====
1      2
=====  =====

.. image:: a.png
   :alt: A picture

.. [1] The footnote is mine.
`;

test("reStructuredText gives the writer's sentences, with places, and what the document says of itself.", () => {
  expect(readFormat(source, restructuredText)).toEqual({
    sentences: [
      "First paragraph with bold words and code and a link here.",
      "See the other and too.",
      "See y.org now.",
      "Take care of the roses.",
      "They bite.",
      "Indeed.",
      "A list follows:",
      "First item goes on.",
      "Second paragraph of it.",
      "Another item.",
      "Term",
      "Its meaning is this.",
      "The footnote is mine.",
    ],
    headings: ["1 My garden", "2 Section"],
    kinds: ["code", "frontMatter", "heading", "link", "math", "prose", "quotation", "shortcode", "table"],
    misplaced: [],
    said: {
      title: "My garden",
      date: 1588759200000,
      authors: ["Ann Lee"],
      tags: ["garden", "rain"],
    },
  });
});

test.each(["*a ", "`a <", ".. a::\n", "a::\n"])("%j again and again costs little.", (sign) => {
  const startMs = process.cpuUsage().user / 1000;
  try {
    readFormat(sign.repeat(100_000 / sign.length), restructuredText);
  } catch (cause) {
    expect(cause).toMatchObject({ name: "BrokenDocumentError" });
  }
  expect(process.cpuUsage().user / 1000 - startMs).toBeLessThan(2_000);
});

test("Templates in reStructuredText are left out, and names of fields may have colons.", () => {
  const source =
    ":og:image: a.jpg\n:date: 2020\n\nWelcome to {{ city }}, friends.\n\n{% include 'a.rst' %}\n\nIt is so.\n";
  expect(readFormat(source, restructuredText).sentences).toEqual(["Welcome to, friends.", "It is so."]);
});

test("What is referred to by its number alone has its series' name before it.", () => {
  const { sentences } = readFormat(
    "She rowed as :pep:`8` and :rfc:`2822#section-3` say.\n",
    restructuredText,
  );
  expect(sentences).toEqual(["She rowed as PEP 8 and RFC 2822 say."]);
});
