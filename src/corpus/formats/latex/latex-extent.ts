import type { Stretch } from "../../../front-matter/lines.ts";

/** Between `\begin{document}` and `\end{document}`, or all of a chapter that has neither. */
export function latexExtent(source: string, bodyStart: number): Stretch {
  const begin = beginOfDocument(source, bodyStart);
  const start = begin ?? bodyStart;
  const last = source.indexOf("\\end{document}", start);
  return {
    start: source[start] === "\uFEFF" ? start + 1 : start,
    end: last === -1 ? source.length : last,
  };
}

/** Behind the first `\begin{document}` that stands in no comment. */
function beginOfDocument(source: string, bodyStart: number): number | undefined {
  const name = "{document}";
  for (let at = source.indexOf(name, bodyStart); at >= 0; at = source.indexOf(name, at + 1)) {
    const begin = source.slice(Math.max(bodyStart, at - 40), at).search(/\\begin\s*$/);
    if (begin < 0) continue;
    const place = Math.max(bodyStart, at - 40) + begin;
    const line = Math.max(bodyStart, source.lastIndexOf("\n", place) + 1);
    if (!source.slice(line, place).includes("%")) return at + name.length;
  }
  return undefined;
}
