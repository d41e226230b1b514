import { expect, test } from "vitest";
import { notebook } from "../../../src/corpus/formats/notebook.ts";
import { parseDocument } from "../../../src/corpus/parse-document.ts";
import { readFormat } from "./read-format.ts";

const source = `{
 "cells": [
  {
   "cell_type": "raw",
   "source": [
    "---\\n",
    "title: My garden\\n",
    "date: 2020-05-06\\n",
    "---\\n"
   ]
  },
  {
   "cell_type": "markdown",
   "source": [
    "# Rain\\n",
    "\\n",
    "First *words* of \\"it\\"\\n",
    "go on. Caf\\u00e9s too.\\n"
   ]
  },
  {
   "cell_type": "code",
   "source": [
    "print('no prose here')\\n"
   ],
   "outputs": [
    {
     "text": [
      "Printed words are not mine."
     ]
    }
   ]
  },
  {
   "cell_type": "markdown",
   "source": "One string. With two sentences."
  }
 ],
 "metadata": {
  "authors": [
   {
    "name": "Ann Lee"
   }
  ],
  "keywords": [
   "garden",
   "rain"
  ],
  "kernelspec": {
   "name": "python3"
  }
 },
 "nbformat": 4
}
`;

test("a notebook gives the writer's sentences, with places, and what the document says of itself.", () => {
  expect(readFormat(source, notebook)).toEqual({
    sentences: ['First words of "it" go on.', "Cafés too.", "One string.", "With two sentences."],
    headings: ["1 Rain"],
    kinds: ["heading", "prose"],
    misplaced: [],
    said: {
      title: "My garden",
      date: 1588723200000,
      authors: ["Ann Lee"],
      tags: ["garden", "rain"],
    },
  });
});

test("hashtags in its Markdown cells are tags, those in code and output are not.", () => {
  const cell = (type: string, source: string | readonly string[]) => ({ cell_type: type, source });
  const cells = [
    cell("markdown", ["Mulch keeps #soil moist.\n", "\n", "tags:: beds, [[the long way]]\n"]),
    cell("code", "# soil\nprint('#printed')"),
    cell("markdown", 'In `#code` and ```#more```, and "#caf\u00e9s".'),
  ];
  const bytes = Buffer.from(JSON.stringify({ cells, metadata: { keywords: ["garden"] }, nbformat: 4 }));
  const parsed = parseDocument({ path: "/notes/beds.ipynb", bytes, modifiedMs: 0 });
  const { tags, hashtags } = parsed.kind === "document" ? parsed.document : { tags: [], hashtags: [] };
  expect(tags).toEqual(["garden", "beds", "the long way"]);
  expect(hashtags).toEqual(["soil", "cafés"]);
});

test("a notebook of the third version has its cells in worksheets, and headings as cells.", () => {
  const cell = (cell_type: string, source: string | readonly string[], more = {}) => ({
    cell_type,
    ...more,
    source,
  });
  const sheets = [
    [
      cell("heading", ["The\n", "harbour"], { level: 1 }),
      cell("markdown", ["She rowed home. #boats"]),
      { cell_type: "code", input: ["print('no prose here')"], language: "python", outputs: [] },
    ],
    [cell("heading", "Oars", { level: 3 }), cell("markdown", "They are new.")],
  ];
  const metadata = { name: "Boats" };
  const text = JSON.stringify(
    { worksheets: sheets.map((cells) => ({ cells })), metadata, nbformat: 3 },
    null,
    1,
  );
  expect(readFormat(text, notebook)).toMatchObject({
    sentences: ["She rowed home. #boats", "They are new."],
    headings: ["1 The harbour", "3 Oars"],
    misplaced: [],
    said: { title: "The harbour" },
  });
});

test.each(["[", "{"])("%j again and again costs little.", (sign) => {
  const startMs = process.cpuUsage().user / 1000;
  try {
    readFormat(sign.repeat(100_000 / sign.length), notebook);
  } catch (cause) {
    expect(cause).toMatchObject({ name: "BrokenDocumentError" });
  }
  expect(process.cpuUsage().user / 1000 - startMs).toBeLessThan(2_000);
});
