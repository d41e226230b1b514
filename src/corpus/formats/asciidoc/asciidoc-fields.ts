import type { Fields, FieldValue } from "../../../front-matter/fields.ts";
import type { OwnTagField } from "../../../front-matter/tags/fields/own-tag-field.ts";
import { type SourceLine, sourceLines } from "../source-lines.ts";
import { lineEndIn, newTagLine, tagLine } from "../tag-line.ts";

/** `:name: value`, in the header of a document or further down. */
export const attributeEntry = /^:(!?[\w-]+!?):(?:\s+(.*))?$/;
/** The value of an attribute goes on in the next line (docs.asciidoctor.org, 'Wrap Values Over Multiple Lines'). */
const GOES_ON = /(?:^|\s)\\\s*$/;
const FIELD_NAMES: Readonly<Record<string, string>> = {
  author: "author",
  authors: "author",
  keywords: "keywords",
  revdate: "date",
  docdate: "date",
  date: "date",
  lang: "lang",
  "page-tags": "tags",
  tags: "tags",
  "jbake-tags": "tags",
  "jbake-date": "date",
  "page-categories": "categories",
  "hp-tags": "tags",
  published_at: "date",
  idiolect: "idiolect",
};

/** The header of a document: its title, the lines of author and revision, and attributes. */
export function asciidocFields(source: string, bodyStart: number): Fields {
  const fields = new Map<string, FieldValue>();
  const lines = sourceLines(source.slice(0, bodyStart + 20_000), bodyStart);
  let titleAt = -2;
  let done = 0;
  for (const [at, { text }] of lines.entries()) {
    if (at < done) continue;
    const [, name = "", value = ""] = attributeEntry.exec(text.trimEnd()) ?? [];
    const field = FIELD_NAMES[name.toLowerCase()];
    const title = /^[=#]\s+(\S.*)$/.exec(text)?.[1];
    if (title !== undefined && titleAt < 0) {
      fields.set("title", title.replace(/\{[\w-]+\}/g, "").trim());
      titleAt = at;
    } else if (name !== "") {
      done = endOfEntry(lines, at);
      const more = lines.slice(at + 1, done).map((line) => line.text);
      const whole = [value, ...more].map((part) => part.replace(GOES_ON, "").trim()).join(" ");
      if (field !== undefined && whole !== "" && !fields.has(field)) fields.set(field, whole);
    } else if (at === titleAt + 1 && /^\p{Lu}[^=:[\]]{1,80}(?:<[^<>]{3,100}>)?(?:;|$)/u.test(text)) {
      fields.set("author", text.replace(/<[^<>]{1,100}>/g, "").trim());
    } else if (at <= titleAt + 2 && /^(?:v[\d.]+,?\s*)?\d{4}-\d{2}-\d{2}\b/.test(text)) {
      fields.set("date", /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? "");
    } else if (text.trim() === "" ? titleAt >= 0 : !text.startsWith("//") && !/^\[/.test(text)) break;
  }
  return fields;
}

/** Behind the last line of an attribute, of which each but the last ends with a backslash. */
function endOfEntry(lines: readonly SourceLine[], at: number): number {
  let end = at + 1;
  while (end < lines.length && GOES_ON.test(lines[end - 1]!.text)) end += 1;
  return end;
}

const TAG_ATTRIBUTES = ["page-tags", "tags", "jbake-tags", "hp-tags", "keywords"];

/** `:keywords: a, b` and what else its header has for tags; a new one ends the header. */
export function asciidocTagField(source: string): OwnTagField {
  const lines = sourceLines(source.slice(0, 20_000), 0);
  const first = lines.findIndex(({ text }) => text.trim() !== "" && !text.startsWith("//"));
  const blank = lines.findIndex(({ text }, at) => at > first && text.trim() === "");
  const header = lines.slice(0, blank < 0 ? lines.length : blank);
  const named = (name: string) =>
    header.find(({ text }) => attributeEntry.exec(text.trimEnd())?.[1]?.toLowerCase() === name);
  const line = TAG_ATTRIBUTES.map(named).find((found) => found !== undefined);
  if (line !== undefined) {
    const name = line.text.indexOf(":", 1) + 1;
    const last = lines[endOfEntry(lines, lines.indexOf(line)) - 1]!;
    const field = tagLine(source, { start: line.start + name, end: last.end });
    return { ...field, plain: (written) => written.replace(/\s*\\(?:\r\n|\n|\r)\s*/g, " ").trim() };
  }
  const newLine = lineEndIn(source);
  const top = lines[first];
  const isHeader = top !== undefined && (/^[=#]\s+\S/.test(top.text) || attributeEntry.test(top.text));
  if (!isHeader) {
    const at = source.startsWith("\uFEFF") ? 1 : 0;
    return newTagLine(at, (value) => `:keywords: ${value}${newLine}${newLine}`);
  }
  const last = header.at(-1)!;
  return newTagLine(last.end, (value) => `${newLine}:keywords: ${value}`);
}
