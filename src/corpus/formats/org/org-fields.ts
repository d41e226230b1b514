import type { Fields, FieldValue } from "../../../front-matter/fields.ts";
import type { OwnTagField } from "../../../front-matter/tags/fields/own-tag-field.ts";
import { type SourceLine, sourceLines } from "../source-lines.ts";
import { lineEndIn, newTagLine, tagLine } from "../tag-line.ts";

const KEYWORD = /^\s*#\+([\w-]+)(?:\[[^\]]*\])?:\s*(.*)$/;
const PROPERTY = /^\s*:([\w-]+):\s+(.*)$/;
const FIELD_KEYWORDS: Readonly<Record<string, string>> = {
  title: "title",
  date: "date",
  author: "author",
  language: "lang",
  filetags: "tags",
  keywords: "keywords",
  tags: "tags",
  hugo_tags: "tags",
  hugo_categories: "categories",
  category: "category",
};

/** Keywords before the first headline (`#+title:`), and the properties of the file. */
export function orgFields(source: string, bodyStart: number): Fields {
  const fields = new Map<string, FieldValue>();
  for (const { text } of sourceLines(source.slice(0, bodyStart + 50_000), bodyStart)) {
    if (/^\*+\s/.test(text)) break;
    const [, name = "", value = ""] = KEYWORD.exec(text.trimEnd()) ?? PROPERTY.exec(text.trimEnd()) ?? [];
    const field = FIELD_KEYWORDS[name.toLowerCase()];
    if (field === undefined || value === "") {
      if (/^(?:id|lang|idiolect|created)$/i.test(name) && value !== "") fields.set(name.toLowerCase(), value);
      continue;
    }
    const known = fields.get(field);
    if (field === "tags" || field === "categories") {
      fields.set(field, [...(Array.isArray(known) ? known : []), ...orgTags(value)]);
    } else if (field === "date") {
      fields.set(field, value.replace(/^[<[]|[>\]].*$/g, "").replace(/\s+\p{L}{2,4}\.?(?=\s|$)/u, ""));
    } else {
      fields.set(field, known === undefined || field !== "title" ? value : `${String(known)} ${value}`);
    }
  }
  return fields;
}

/** Org's tags hold letters, digits and few signs; Hugo's may be several words, in quotation marks. */
const writtenOrgTag = (tag: string) => (/^[\p{L}\p{M}\p{N}_@#%]+$/u.test(tag) ? tag : undefined);
const writtenWords = (tag: string) =>
  /["\s]/.test(tag) ? (tag.includes('"') ? undefined : `"${tag}"`) : tag;
const TAG_KEYWORDS = ["filetags", "tags", "hugo_tags", "keywords"];

/** `#+filetags: :a:b:` and what else its head has for tags; a new one follows the last keyword there. */
export function orgTagField(source: string): OwnTagField {
  const head: SourceLine[] = [];
  for (const line of sourceLines(source.slice(0, 50_000), 0)) {
    if (!/^\s*(?:#|:[\w-]+:|$)/.test(line.text)) break;
    head.push(line);
  }
  const named = (name: string) => head.find(({ text }) => KEYWORD.exec(text)?.[1]?.toLowerCase() === name);
  const line = TAG_KEYWORDS.map(named).find((found) => found !== undefined);
  if (line === undefined) {
    const newLine = lineEndIn(source);
    const last = head.findLast(({ text }) => KEYWORD.test(text) || /^\s*:END:/i.test(text));
    const isAtEnd = last !== undefined && last.end >= source.length;
    const at =
      last === undefined ? (head[0]?.start ?? 0) : Math.min(source.length, last.end + newLine.length);
    const field = (value: string) => `${isAtEnd ? newLine : ""}#+filetags: ${value}${newLine}`;
    return { ...newTagLine(at, field, writtenOrgTag), separator: ":", whole: (tags) => `:${tags}:` };
  }
  const name = line.text.indexOf(":", line.text.indexOf("+")) + 1;
  const value = { start: line.start + name, end: line.end };
  const text = source.slice(value.start, value.end);
  const [, open = "", inner = ""] = /^([ \t]*:)(.*?):?[ \t]*$/.exec(text) ?? [];
  if (open !== "") {
    const start = value.start + open.length;
    const isClosed = /:[ \t]*$/.test(text.slice(open.length));
    const whole = (tags: string) => (isClosed ? tags : `${tags}:`);
    return { ...colons(""), whole, value: { start, end: start + inner.length } };
  }
  const plain = tagLine(source, value);
  if (/[,;]/.test(text) || /^\s*#\+keywords/i.test(line.text)) return plain;
  const isHugo = /^\s*#\+hugo_tags/i.test(line.text);
  if (text.trim() === "" && !isHugo) return { ...colons(text === "" ? " " : ""), value: plain.value };
  return { ...plain, separator: "", written: isHugo ? writtenWords : writtenOrgTag };
}

const colons = (lead: string): Omit<OwnTagField, "value"> => ({
  separator: ":",
  whole: (tags) => `${lead}:${tags}:`,
  added: undefined,
  written: writtenOrgTag,
});

/** `:a:b:`, `a b` and `a, b`; Hugo's with spaces stand in quotation marks. */
function orgTags(value: string): readonly string[] {
  if (value.startsWith(":")) return value.split(":").filter((tag) => tag.trim() !== "");
  if (value.includes(","))
    return value
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
  return Array.from(value.matchAll(/"([^"]+)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? "");
}
