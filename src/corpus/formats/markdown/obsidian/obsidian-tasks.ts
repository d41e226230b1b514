import type { LeafBlockParser, MarkdownConfig } from "@lezer/markdown";
import { reading } from "../reading.ts";

const TASK = /^\[.\][ \t]/u;
/** Without signs of that kind nothing is looked for. */
const MAY_HAVE_FIELDS = /[\u2300-\u27FF\uD83C-\uD83E]/;
/** Days, priorities, how often, what to do when done, and ids. */
const FIELD =
  /(?:[📅📆🗓⏳⌛🛫➕✅❌]\uFE0F?[ \t]*\d{4}-\d{2}-\d{2}|[⏫🔼🔽⏬🔺]\uFE0F?|🔁\uFE0F?[a-zA-Z0-9, \t!]+|🏁\uFE0F?[ \t]*[a-zA-Z]+|🆔\uFE0F?[ \t]*[\w-]+|⛔\uFE0F?[ \t]*[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)/gu;
/** What may stand between two of them, and behind the last: tags, and the id of the block. */
const BETWEEN = /^(?:[ \t]|[#^]\S+(?=\s|$))*$/;

interface Field {
  readonly from: number;
  readonly to: number;
}

/** The fields at the end of a task's first line, which the plugin takes for such; what stands before words is theirs. */
function fieldsIn(content: string): readonly Field[] {
  const end = content.indexOf("\n");
  const line = end < 0 ? content : content.slice(0, end);
  const found = Array.from(line.matchAll(FIELD), ({ 0: written, index }) => ({
    from: index,
    to: index + written.trimEnd().length,
  }));
  const isLast = ({ to }: Field, at: number) => BETWEEN.test(line.slice(to, found[at + 1]?.from));
  return found.slice(found.findLastIndex((field, at) => !isLast(field, at)) + 1);
}

const fieldTask: LeafBlockParser = {
  nextLine: () => false,
  finish(cx, leaf) {
    const { start, content } = leaf;
    const fields = fieldsIn(content);
    const words = [...fields, { from: content.length, to: content.length }].flatMap(({ from, to }, at) => {
      const before = fields[at - 1]?.to ?? 3;
      const read = cx.parser.parseInline(content.slice(before, from), start + before);
      return from < to ? [...read, cx.elt("TaskField", start + from, start + to)] : read;
    });
    const mark = cx.elt("TaskMarker", start, start + 3);
    cx.addLeafElement(leaf, cx.elt("Task", start, start + content.length, [mark, ...words]));
    return true;
  },
};

/** Fields that the plugin Tasks of Obsidian writes behind a task: `- [ ] Call Ann 🔁 every week 📅 2024-05-01`. */
export const obsidianTasks: MarkdownConfig = {
  defineNodes: ["TaskField"],
  props: [reading.add({ TaskField: "shortcode" })],
  parseBlock: [
    {
      name: "FieldTask",
      before: "SetextHeading",
      leaf: (cx, { content }) =>
        TASK.test(content) &&
        MAY_HAVE_FIELDS.test(content) &&
        cx.parentType().name === "ListItem" &&
        fieldsIn(content).length > 0
          ? fieldTask
          : null,
    },
  ],
};
