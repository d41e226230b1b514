import { expect, test } from "vitest";
import { latex } from "../../../src/corpus/formats/latex.ts";
import { readFormat } from "./read-format.ts";

const source = `\\documentclass[12pt]{article}
\\usepackage{amsmath}
\\title{On \\emph{Gardens} and Rain}
\\author{Ann Lee\\thanks{Univ} \\and Bob Roe}
\\date{12 May 2021}
\\keywords{garden, rain}
\\newcommand{\\foo}[1]{\\textbf{#1}}
\\begin{document}
\\maketitle
\\begin{abstract}
We study gardens. They are \`\`nice''---very nice.
\\end{abstract}
\\section{Introduction}\\label{sec:i}
The caf\\'e, na\\"{\\i}ve and \\v{S}koda~\\cite{a,b} are 5\\% here, see Section~\\ref{sec:i}. % a comment
It holds that $x+y=1$ for all\\footnote{This is a note of mine. It has two sentences.} of them.
\\begin{equation}
 a = b
\\end{equation}
which is \\textbf{bold and \\emph{deep}} and \\texttt{code}. See \\url{https://www.x.org/a} and \\href{https://y.org}{this page}.

\\begin{itemize}
\\item First item here.
\\item[Label] Second item is \\foo{mine}.
\\end{itemize}
\\begin{figure}[ht]
\\centering
\\includegraphics[width=1cm]{a.png}
\\caption{A garden in the rain.}
\\label{fig:a}
\\end{figure}
\\begin{quote}
Not mine.
\\end{quote}
\\LaTeX\\ is fine, \\LaTeX{} too. \\vspace{1cm}
\\begin{tabular}{ll}
a & b \\\\
\\end{tabular}
\\end{document}
`;

test("LaTeX gives the writer's sentences, with places, and what the document says of itself.", () => {
  expect(readFormat(source, latex)).toEqual({
    sentences: [
      "We study gardens.",
      "They are “nice”—very nice.",
      "The café, naïve and Škoda are 5% here, see Section.",
      "It holds that for all of them.",
      "which is bold and deep and code.",
      "See x.org and this page.",
      "This is a note of mine.",
      "It has two sentences.",
      "First item here.",
      "Label",
      "Second item is mine.",
      "A garden in the rain.",
      "LaTeX is fine, LaTeX too.",
    ],
    headings: ["2 Introduction"],
    kinds: ["code", "heading", "link", "math", "prose", "quotation", "table"],
    misplaced: [],
    said: {
      title: "On Gardens and Rain",
      date: 1620777600000,
      authors: ["Ann Lee", "Bob Roe"],
      tags: ["garden", "rain"],
    },
  });
});

test.each(["{", "\\emph{", "\\begin{tabular}", "\\a[", "$"])("%j again and again costs little.", (sign) => {
  const startMs = process.cpuUsage().user / 1000;
  try {
    readFormat(sign.repeat(100_000 / sign.length), latex);
  } catch (cause) {
    expect(cause).toMatchObject({ name: "BrokenDocumentError" });
  }
  expect(process.cpuUsage().user / 1000 - startMs).toBeLessThan(2_000);
});

test("a note of several lines is read once, behind the paragraph that it stands in.", () => {
  const note =
    "We take it as it is.\\footnote{In the end we do.\nWe may hope.%\n\\index{hope}%\n}\n\nThe next one.\n";
  expect(readFormat(note, latex).sentences).toEqual([
    "We take it as it is.",
    "In the end we do.",
    "We may hope.",
    "The next one.",
  ]);
});

test("A command that is not known is read where its last argument is empty, over paragraphs too.", () => {
  const source =
    "\\exercise{\\ask{Life spans\\label{life_spans}} These were all of them collected by hand, one after the other, for many long years.\n\n\\item What do they show?\n}{}\n\nAfter it.";
  expect(readFormat(source, latex).sentences).toEqual([
    "Life spans These were all of them collected by hand, one after the other, for many long years.",
    "What do they show?",
    "After it.",
  ]);
});

test.each([
  [
    "The tide is slow, see \\propref{prop:slow-tide}, and so is she.",
    "The tide is slow, see, and so is she.",
  ],
  ["We rowed \\exerciseref{oars} twice.", "We rowed twice."],
  ["See \\noteref{the oars of Ann} twice.", "See the oars of Ann twice."],
])("What a reference refers to by a key is not shown: %s", (written, shown) => {
  expect(readFormat(written, latex).sentences).toEqual([shown]);
});

test("An environment that says its language holds code, whatever it is called.", () => {
  const code = "\\begin{sample}[numbers]{Haskell}\nHello there was code.\n\\begin{x}\n\\end{sample}\n";
  const box = "\\begin{box}{Rowing}\nIt rained.\n\\end{box}\n";
  const { sentences } = readFormat(`She rowed.\n\n${code}\nShe slept.\n\n${box}`, latex);
  expect(sentences).toEqual(["She rowed.", "She slept.", "It rained."]);
});

test("An environment that ends is math, also where one of the same name before it ends nowhere.", () => {
  const source = "\\begin{equation}\nWe walk.\n\n\\begin{equation}\n a = b\n\\end{equation}\n\nWe rest.\n";
  const { sentences, kinds } = readFormat(source, latex);
  expect({ sentences, kinds }).toEqual({ sentences: ["We walk.", "We rest."], kinds: ["math", "prose"] });
});
