import { lineEnd, nextLine, type Stretch } from "./tags/tag-fields.ts";

/** A field of a front matter that begins at the margin. */
export interface FieldLine {
  /** As it is written, without quotation marks. */
  readonly key: string;
  /** Where its line starts, and where the last line ends that says something of it. */
  readonly start: number;
  readonly end: number;
}

const keys = {
  yaml: /^(["']?)([^\s#"'\-[{][^:"']*?)\1[ \t]*:(?=[ \t\r\n]|$)/,
  toml: /^(["']?)([\w-]+)\1[ \t]*=/,
} as const;

/** The fields at the margin of a front matter that is well formed, in its order; in TOML those before any table. */
export function fieldLines(source: string, inner: Stretch, format: "yaml" | "toml"): readonly FieldLine[] {
  const found: { key: string; start: number; end: number }[] = [];
  for (let at = inner.start; at < inner.end; at = nextLine(source, at)) {
    const end = Math.min(inner.end, lineEnd(source, at));
    const line = source.slice(at, end);
    if (format === "toml" && line.startsWith("[")) break;
    const key = keys[format].exec(line)?.[2];
    const last = found.at(-1);
    if (key !== undefined) found.push({ key, start: at, end: Math.min(inner.end, nextLine(source, at)) });
    // Blank lines and comments may belong to what follows.
    else if (last !== undefined && !/^\s*(?:#|$)/.test(line))
      last.end = Math.min(inner.end, nextLine(source, at));
  }
  return found;
}
