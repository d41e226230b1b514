import { createRandom, type Random } from "../../src/numbers/random.ts";

export const writersBody = "\n\nThis is a sentence of the writer. Here is another one.\n";

const yaml = (...lines: readonly string[]) => `---\n${lines.join("\n")}\n---\n${writersBody}`;
const toml = (...lines: readonly string[]) => `+++\n${lines.join("\n")}\n+++\n${writersBody}`;
const numbered = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at));

/** A billion laughs: each list holds the one before nine times. */
const laughs = numbered(12, (at) =>
  at === 0
    ? "a0: &a0 [x, x, x]"
    : `a${at}: &a${at} [${Array(9)
        .fill(`*a${at - 1}`)
        .join(", ")}]`,
);

/** Front matter that is made to overwhelm its parser, above two sentences. */
export const bombs: Readonly<Record<string, string>> = {
  "a list that holds itself": yaml("tags: &a [*a, b]"),
  "a table that holds itself": yaml("tags: &a {b: *a}"),
  "a billion laughs": yaml(...laughs),
  "merged tables": yaml("a: &a {x: 1}", ...numbered(2_000, (at) => `b${at}: {<<: *a, y: *a}`)),
  "brackets that never close": yaml(`a: ${"[".repeat(49_000)}`),
  "brackets inside one another": yaml(`a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`),
  "half a million brackets": yaml(`a: ${"[".repeat(500_000)}`),
  "tables inside one another": yaml(`a: ${"{a: ".repeat(12_000)}`),
  "indents inside one another": yaml(...numbered(300, (at) => `${" ".repeat(at)}a:`)),
  "dashes inside one another": yaml(`a:\n${"- ".repeat(24_000)}`),
  "a list of a hundred thousand": yaml(`a: [${"a, ".repeat(100_000)}b]`),
  "a hundred thousand keys": yaml(...numbered(100_000, (at) => `k${at}: v`)),
  "thousands of anchors": yaml(...numbered(3_000, (at) => `k${at}: &x${at} v`)),
  "a key without end": yaml(`a${" ".repeat(49_000)}x`, "title: y"),
  "thousands of lists left open": yaml("a: [", ...numbered(4_000, (at) => `k${at}: [`)),
  "thousands of blank lines before": `${"\n".repeat(20_000)}${yaml("a: b")}`,
  "TOML brackets that never close": toml(`a = ${"[".repeat(49_000)}`),
  "TOML brackets inside one another": toml(`a = ${"[".repeat(20_000)}${"]".repeat(20_000)}`),
  "TOML tables inside one another": toml(`a = ${"{a=".repeat(16_000)}`),
  "a TOML key of ten thousand parts": toml(`${"a.".repeat(10_000)}b = 1`),
  "thousands of TOML tables": toml(...numbered(5_000, (at) => `[a${at}.b]`)),
  "a hundred thousand TOML keys": toml(...numbered(100_000, (at) => `k${at} = 1`)),
  "TOML that names prototypes": toml("__proto__ = 1", "constructor.x = 2", "title = 'x'"),
  "a TOML number without end": toml(`a = ${"1_".repeat(24_000)}1`),
};

/** Bodies that cost a Markdown parser the square of their length, or its stack. */
export const knots: Readonly<Record<string, string>> = {
  "quotations inside one another": "> ".repeat(30_000),
  "lists inside one another": "1. ".repeat(20_000),
  "bullets inside one another": "- ".repeat(30_000),
  "bullets inside a footnote": `[^1]: ${"- ".repeat(30_000)}`,
  "brackets inside one another": `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
  "braces that nothing closes": "{a ".repeat(100_000),
  "braces at line starts that nothing closes": "{a\n".repeat(50_000),
  "comments in braces that nothing closes": "{/* ".repeat(25_000),
  "notes within the line that nothing closes": "^[a ".repeat(500_000),
  "pictures without an address in one line": "![a] ".repeat(50_000),
  "words in two brackets in one line": "[a][b] ".repeat(50_000),
  "underlined headings": "a\n=\n".repeat(15_000),
  "underlined headings of an old Mac": "a\r=\r".repeat(15_000),
};

const pieces: readonly string[] = [
  ..."#*_`~[]()<>!|\\-+=:;.,?'\"&%$^{}@/".split(""),
  ..."\n \t\r\n\n\u00a0\u200b\u2028\ufeff\u0000\ud800".split(""),
  ...[
    "a",
    "word",
    "Dr. No",
    "e.g. this",
    "“said”",
    "漢字。",
    "👩‍👩‍👧",
    "e\u0301",
    "&amp;",
    "&#x41;",
    "https://x.org",
  ],
  ...[
    "\n\n",
    "\r\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n```\n",
    "\n~~~",
    "\n---\n",
    "\n+++\n",
    "\n...\n",
    "\n# ",
    "\n===\n",
  ],
  ...[
    "{{< x >}}",
    "{% raw %}",
    "{% endraw %}",
    "{{ y }}",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<br/>",
    "<script>",
    "$$",
  ],
  ...["[a](b)", "![i](j)", "[^1]", "\n[^1]: z", "[[W|w]]", "| a | b |\n|-|-|\n", ":::", "!!! note", "%%"],
  ...[
    "title: x\n",
    "tags: [a, b]\n",
    "tags:\n  - c\n",
    "date: 2024-05-31\n",
    'author = "A"\n',
    "&a ",
    "*a",
    "<<: ",
  ],
];

/** A text of a seed: pieces of every notation in any order, some repeated, some behind a front matter or a bomb. */
export function hostileText(seed: number): string {
  const random = createRandom(seed);
  const kind = random.integer(10);
  const body = scramble(random, 400);
  if (kind < 4) return body;
  if (kind < 6) return `---\n${scramble(random, 60)}\n---\n${body}`;
  if (kind < 7) return `+++\n${scramble(random, 60)}\n+++\n${body}`;
  const [known, others] = kind < 9 ? [Object.values(bombs), ""] : [Object.values(knots), body.slice(0, 500)];
  return others + known[random.integer(known.length)]! + body;
}

function scramble(random: Random, most: number): string {
  let text = "";
  for (let left = random.integer(most); left > 0; left--) {
    const piece = pieces[random.integer(pieces.length)]!;
    text += random.integer(40) === 0 ? piece.repeat(random.integer(200)) : piece;
    if (random.integer(3) === 0) text += " ";
  }
  return text;
}
