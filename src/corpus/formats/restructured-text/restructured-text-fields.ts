import type { Fields, FieldValue } from "../../../front-matter/fields.ts";
import type { OwnTagField } from "../../../front-matter/tags/fields/own-tag-field.ts";
import { type SourceLine, sourceLines, textStart } from "../source-lines.ts";
import { lineEndIn, newTagLine, tagLine } from "../tag-line.ts";

/** A line under or over a title: one sign, again and again. */
export const adornment = /^([!-/:-@[-`{-~])\1{2,}\s*$/;
/** `:name: value`. */
export const fieldLine = /^:([^:\s](?:[^:]|:(?![\s`]|$)){0,80}):(?:\s+(.*))?$/;
const MAIL_FIELD = /^([A-Z][\w-]{1,40}):(?:\s+(.*))?$/;
const FIELD_NAMES: Readonly<Record<string, string>> = {
  title: "title",
  date: "date",
  author: "author",
  authors: "author",
  tags: "tags",
  category: "category",
  categories: "categories",
  keywords: "keywords",
  lang: "lang",
  language: "lang",
  idiolect: "idiolect",
};

/** The list of fields at the top of a document, below its title or above it. */
export function restructuredTextFields(source: string, bodyStart: number): Fields {
  const fields = new Map<string, FieldValue>();
  const lines = sourceLines(source.slice(0, bodyStart + 20_000), bodyStart);
  for (const { text } of lines.slice(0, topLines(lines))) {
    const [, name = "", value = ""] = fieldLine.exec(text) ?? /^\.\. ([\w-]+): (.+)$/.exec(text) ?? [];
    const field = FIELD_NAMES[name.toLowerCase()];
    if (field !== undefined && value.trim() !== "") fields.set(field, value.trim());
  }
  for (const { text } of lines.slice(0, mailHeadLines(lines))) {
    const [, name = "", value = ""] = MAIL_FIELD.exec(text) ?? [];
    const field = name === "Created" ? "date" : FIELD_NAMES[name.toLowerCase()];
    if (field !== undefined && value.trim() !== "") fields.set(field, value.trim());
  }
  const meta =
    /^\.\. meta::\s*\n((?:[ \t]+:.*\n?|[ \t]*\n){1,40})/m.exec(
      source.slice(bodyStart, bodyStart + 20_000),
    )?.[1] ?? "";
  for (const [, name = "", value = ""] of meta.matchAll(/^[ \t]+:(\w+)[^:\n]*:[ \t]+(.+)$/gm)) {
    const field = FIELD_NAMES[name.toLowerCase()];
    if (field !== undefined && !fields.has(field)) fields.set(field, value.trim());
  }
  return fields;
}

const NIKOLA = /^\.\. ([\w-]+):(?!:)(.*)$/;

/** `:tags: a, b` at the top, or `.. tags: a, b` with Nikola; a new one follows the last of such fields, or the title. */
export function restructuredTextTagField(source: string): OwnTagField {
  const lines = sourceLines(source.slice(0, 20_000), 0);
  const head = lines.slice(0, topLines(lines));
  const nameOf = ({ text }: SourceLine) => (fieldLine.exec(text) ?? NIKOLA.exec(text))?.[1]?.toLowerCase();
  const line = ["tags", "keywords"].map((name) => head.find((each) => nameOf(each) === name)).find(Boolean);
  if (line !== undefined) {
    const name = /^(?:\.\. [\w-]+:|:[^:]+:)/.exec(line.text)?.[0].length ?? 0;
    return tagLine(source, { start: line.start + name, end: line.end });
  }
  const newLine = lineEndIn(source);
  const last = head.findLast((each) => nameOf(each) !== undefined);
  if (last !== undefined) {
    const mark = NIKOLA.test(last.text) ? ".. tags:" : ":tags:";
    return newTagLine(last.end, (value) => `${newLine}${mark} ${value}`);
  }
  const title = head.findLast(({ text }) => adornment.test(text));
  if (title === undefined || title === head[0]) {
    const at = source.startsWith("\uFEFF") ? 1 : 0;
    return newTagLine(at, (value) => `:tags: ${value}${newLine}${newLine}`);
  }
  return newTagLine(title.end, (value) => `${newLine}${newLine}:tags: ${value}`);
}

/** How many lines the title and the fields below it take; fields further down belong to something else. */
function topLines(lines: readonly SourceLine[]): number {
  let at = 0;
  let titles = 0;
  while (at < lines.length && at < 80) {
    const text = lines[at]!.text;
    const isTitle = adornment.test(lines[at + 1]?.text ?? "") && text.trim() !== "";
    if (isTitle) titles += 1;
    if (titles > 1) break;
    const isHead =
      text.trim() === "" ||
      adornment.test(text) ||
      isTitle ||
      fieldLine.test(text) ||
      /^(?:\.\.\s|[ \t])/.test(text);
    if (!isHead) break;
    at += 1;
  }
  return at;
}

/** A proposal of Python begins like a mail: at least three lines of fields up to a blank one. */
function mailHeadLines(lines: readonly SourceLine[]): number {
  const end = lines.findIndex(({ text }) => text.trim() === "");
  const head = lines.slice(0, end === -1 ? lines.length : end);
  const isHead =
    head.length >= 3 && head.every(({ text }) => MAIL_FIELD.test(text) || /^[ \t]+\S/.test(text));
  return isHead && MAIL_FIELD.test(head[0]!.text) ? head.length : 0;
}

/** Where the text begins: below fields like those of a mail, if there are any. */
export function restructuredTextStart(source: string, bodyStart: number): number {
  const lines = sourceLines(source.slice(0, bodyStart + 20_000), bodyStart);
  const head = mailHeadLines(lines);
  return head === 0 ? textStart(source, bodyStart) : (lines[head]?.start ?? source.length);
}
