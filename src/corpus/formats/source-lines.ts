/** A line of a source, without the signs at its end. */
export interface SourceLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The lines from `bodyStart` on; a byte order mark is part of none. */
export function sourceLines(source: string, bodyStart: number): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  const ends = /\r\n|\n|\r|$/g;
  let start = bodyStart === 0 && source.startsWith("\uFEFF") ? 1 : bodyStart;
  while (start <= source.length) {
    ends.lastIndex = start;
    const match = ends.exec(source);
    const end = match?.index ?? source.length;
    lines.push({ text: source.slice(start, end), start, end });
    if (end >= source.length) break;
    start = end + (match?.[0].length || 1);
  }
  return lines;
}
