import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading } from "./reading.ts";
import { type BlockStart, wholeBlock } from "./whole-block.ts";

/** A command, an index, a sign: what tells TeX from prices and from brackets. */
const TEX = /\\[a-zA-Z]|[\^_={}]/;
const DOLLARS = /\$\$/g;
const BRACKET = /\\\]/g;
const longestEnvironment = 4_000;
const ENVIRONMENT =
  /^\\begin\{((?:equation|align|alignat|gather|multline|eqnarray|displaymath|math|cases|array|[pbvV]?matrix)\*?)\}/;
const ENVIRONMENT_END =
  /\\end\{(?:equation|align|alignat|gather|multline|eqnarray|displaymath|math|cases|array|[pbvV]?matrix)\*?\}/g;

/** TeX between dollars, doubled dollars, `\(` and `\)`, `\[` and `\]`, and in environments of its own. */
export const math: MarkdownConfig = {
  defineNodes: [
    { name: "MathBlock", block: true },
    "Math",
    "IndexMath",
    "DisplayMath",
    "RoundMath",
    "SquareMath",
  ],
  props: [reading.add({ "MathBlock Math IndexMath DisplayMath RoundMath SquareMath": "math" })],
  parseBlock: [wholeBlock("MathBlock", endOfMath)],
  parseInline: [
    inlinePattern({
      name: "DisplayMath",
      opens: "$",
      pattern: /^\$\$(?!\$)[^$]{1,4000}\$\$/,
      accepts: (written) => TEX.test(written) || !/\s[\p{L}]{2}/u.test(written),
    }),
    inlinePattern({
      name: "Math",
      opens: "$",
      notAfter: /[\w$\\]/,
      pattern: /^\$(?!\s)(?:`[^`$\n]*`|[^$\n`]){1,300}(?<![\s\\])\$(?:(?:th|st|nd|rd|s)\b|(?![\w$]))/,
      // GitLab's stands in code besides: $`x + y`$.
      accepts: (written) =>
        TEX.test(written) || /^\$`[^`]+`\$/.test(written) || !/`|\s[\p{L}]{2,}(?:\s|$)/u.test(written),
    }),
    // Of a formula in letters, such as TiO$_2$, and of what a number is multiplied by.
    inlinePattern({
      name: "IndexMath",
      opens: "$",
      notAfter: /[$\\]/,
      pattern: /^\$(?=[\\^_{])[^$\n`]{1,100}(?<![\s\\])\$(?![\d$])/,
    }),
    inlinePattern({
      name: "RoundMath",
      opens: "\\",
      // Kramdown takes one backslash away.
      pattern: /^(\\{1,2})\((?!\)).{1,500}?\1\)/,
      accepts: (written) => TEX.test(written.replace(/^\\+\(|\\+\)$/g, "")),
    }),
    inlinePattern({
      name: "SquareMath",
      opens: "\\",
      pattern: /^\\\[[^$]{1,2000}?\\\]/,
      accepts: (written) => TEX.test(written.slice(2, -2)),
    }),
  ],
};

function endOfMath({ text, from, line, find }: BlockStart): number | undefined {
  if (line.startsWith("$$")) {
    const isAlone = line.trim() === "$$";
    const end = find(DOLLARS, from + 2, isAlone ? "overBlankLines" : undefined);
    if (end === undefined || end - from > 4_000) return undefined;
    return isAlone || TEX.test(text().slice(from, end)) ? end : undefined;
  }
  if (line.startsWith("\\[")) {
    const end = find(BRACKET, from + 2);
    return end !== undefined && TEX.test(text().slice(from + 2, end - 2)) ? end : undefined;
  }
  return line.startsWith("\\begin") ? endOfEnvironment(line, from, text, find) : undefined;
}

/** The end of the same environment; those inside it end before. */
function endOfEnvironment(
  line: string,
  from: number,
  text: () => string,
  find: BlockStart["find"],
): number | undefined {
  const name = ENVIRONMENT.exec(line)?.[1];
  if (name === undefined) return undefined;
  let end = find(ENVIRONMENT_END, from, "overBlankLines");
  for (let inner = 0; end !== undefined && end - from < longestEnvironment && inner < 20; inner += 1) {
    if (text().slice(0, end).endsWith(`{${name}}`)) return end;
    end = find(ENVIRONMENT_END, end, "overBlankLines");
  }
  return undefined;
}
