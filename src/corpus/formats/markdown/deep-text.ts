import type { InlineContext, MarkdownConfig } from "@lezer/markdown";

/** Containers inside one another that are told apart: nobody writes as many, and each costs something in each line. */
const DEEPEST = 100;
/** Open brackets, and marks of emphasis, that a paragraph may have: each is looked at again for those after it. */
const MOST_BRACKETS = 300;
const MOST_MARKS = 4_000;
/** Links and pictures of a paragraph: each is looked through for those after it. Of more, the address is read as words. */
const MOST_LINKS = 5_000;

/** Open brackets, all that were opened, and marks of emphasis so far. */
const counts = new WeakMap<InlineContext, { brackets: number; opened: number; marks: number }>();

/**
 * What lies deeper than any writer nests: lists and quotations there are read line by line, brackets and marks of
 * emphasis are signs like others. So no text takes the parser the square of its length.
 */
export const deepText: MarkdownConfig = {
  parseBlock: [
    {
      name: "DeepText",
      before: "IndentedCode",
      parse(cx, line) {
        if (cx.depth <= DEEPEST || line.next < 0) return false;
        const from = cx.lineStart + line.pos;
        const written = line.text.slice(line.pos);
        const words = cx.parser.parseInline(written, from);
        cx.nextLine();
        cx.addElement(cx.elt("Paragraph", from, from + written.length, words));
        return true;
      },
    },
  ],
  parseInline: [{ name: "DeepSign", before: "Emphasis", parse: passDeepSign }],
};

function passDeepSign(cx: InlineContext, next: number, pos: number): number {
  const isMark = next === 42 /* * */ || next === 95; /* _ */
  const isImage = next === 33 && cx.char(pos + 1) === 91; /* ![ */
  const isOpening = isImage || next === 91; /* [ */
  if (!isMark && !isOpening && next !== 93 /* ] */) return -1;
  const count = counts.get(cx) ?? { brackets: 0, opened: 0, marks: 0 };
  counts.set(cx, count);
  if (isMark) {
    count.marks += 1;
    return count.marks > MOST_MARKS ? pos + 1 : -1;
  }
  if (isOpening && (count.brackets >= MOST_BRACKETS || count.opened >= MOST_LINKS)) return pos + 1;
  if (!isOpening && count.brackets === 0) return pos + 1;
  count.brackets += isOpening ? 1 : -1;
  if (isOpening) count.opened += 1;
  return -1;
}
