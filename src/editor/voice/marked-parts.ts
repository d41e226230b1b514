/** A stretch of a paragraph; the words in it may be unlike the writer. */
export interface MarkedPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/** A paragraph cut where words begin and end that are to be marked, each of which is marked once, where it comes first. */
export function markedParts(paragraph: string, marked: readonly string[]): readonly MarkedPart[] {
  let parts: readonly MarkedPart[] = [{ text: paragraph, isMarked: false }];
  for (const words of marked) {
    const at = parts.findIndex(({ text, isMarked }) => !isMarked && text.includes(words));
    const { text = "" } = parts[at] ?? {};
    const start = text.indexOf(words);
    const cut = [
      { text: text.slice(0, start), isMarked: false },
      { text: words, isMarked: true },
      { text: text.slice(start + words.length), isMarked: false },
    ];
    if (at >= 0) parts = parts.toSpliced(at, 1, ...cut.filter((part) => part.text !== ""));
  }
  return parts;
}
