import { createRandom, type Random } from "../../src/numbers/random.ts";

const words =
  "the river was long and we sat on its bank until evening came with cold wind from hills nobody spoke of what had been lost in winter before a boat went out".split(
    " ",
  );

function sentence(random: Random): string {
  const written = Array.from({ length: 6 + random.integer(14) }, () => words[random.integer(words.length)]!);
  const [first = "", ...others] = written;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join(" ")}.`;
}

/** So many characters of sentences, five to a paragraph, with `gap` between those. */
function prose(characters: number, gap = "\n\n"): string {
  const random = createRandom("long texts");
  const pieces: string[] = [];
  for (let length = 0, at = 1; length < characters; at++) {
    const piece = sentence(random) + (at % 5 === 0 ? gap : " ");
    pieces.push(piece);
    length += piece.length;
  }
  return pieces.join("");
}

const outline = (items: number): string =>
  Array.from(
    { length: items },
    (_, at) => `- item number ${at} is good\n\t- child of it\n\t\t- grand child here that is lovely\n`,
  ).join("");

/** Texts that a parser may take the square of their length for, or much memory. */
export const longTexts: Readonly<Record<string, () => string>> = {
  "outline, 48 kB": () => outline(630),
  "outline, 97 kB": () => outline(1_260),
  "outline, 195 kB": () => outline(2_520),
  "outline, 264 kB": () => outline(3_400),
  "**x* 12,500 times": () => "**x*".repeat(12_500),
  "] 25,000 times": () => "]".repeat(25_000),
  "lazy quotations, 102 kB": () => "> a quotation\nthat goes on lazily\n".repeat(3_000),
  "an open [ and 50,000 lines": () => `[\n${"a\n".repeat(50_000)}`,
  "book, 3 MB": () => prose(3_000_000),
  "4.5 MB in paragraphs": () => prose(4_500_000),
  "4.5 MB in one line": () => prose(4_500_000, " "),
  "4.5 MB of Chinese in one line": () => "天地玄黄宇宙洪荒。".repeat(500_000),
};

/** Endings of formats that are read from the start on; a long text of each is prose alone. */
export const steppedEndings = ["org", "tex", "rst", "adoc", "txt"] as const;
export const steppedText = (): string => prose(500_000);

/** Texts of 1 MB that no writer would write: in one line, or in lines and blocks of a few signs. */
export const hostileTexts: Readonly<Record<string, readonly string[]>> = {
  md: [
    ...["*a ", "{a ", "<a ", "$x$ ", "^[a ", "[[", "![a] ", "[a][b] ", "[a](", "&amp;", "words ", "字"],
    ...["^[a\n", "- [ ] a\n", "a\n=\n", "a\n\n", "[^1]: a\n"],
  ],
  org: ["![a] ", "- a\n\n", "a\n|-|\n", "#+begin_src\n", "*a ", "[[a][", "\\[a\n"],
  tex: [
    "![a] ",
    "\\textbf{a ",
    "$a ",
    "\\begin{a}\n",
    "\\begin{itemize}\n\\item a\n",
    "{",
    "\\footnote{a ",
    "\\item a\n",
  ],
  rst: ["![a] ", "- a\n\n", "a::\n\n  b\n", "`a ", ".. a::\n\n   b\n", "a\n=\n"],
  adoc: ["![a] ", "* a\n", "----\n", "*a ", "link:a[", "[a]\n", "a:: b\n"],
};
