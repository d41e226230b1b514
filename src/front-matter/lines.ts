/** A half-open stretch of the source, in UTF-16 code units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** An edit of the source: what stands at the stretch becomes `newText`. */
export interface SourceEdit extends Stretch {
  readonly newText: string;
}

/** Where the line of an offset starts. */
export function lineStart(source: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isLineEnd(source[at - 1])) at -= 1;
  return at;
}

/** Where the line of an offset ends, before its line end. */
export function lineEnd(source: string, offset: number): number {
  let at = offset;
  while (at < source.length && !isLineEnd(source[at])) at += 1;
  return at;
}

/** Where the line after that of an offset starts. */
export function nextLine(source: string, offset: number): number {
  const at = lineEnd(source, offset);
  return source.startsWith("\r\n", at) ? at + 2 : Math.min(source.length, at + 1);
}

function isLineEnd(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}

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
