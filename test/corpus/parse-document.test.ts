import { describe, expect, it } from "vitest";
import type { Document } from "../../src/corpus/document.ts";
import { LanguageTeller } from "../../src/corpus/language-teller.ts";
import { type ParseOptions, parseDocument } from "../../src/corpus/parse-document.ts";

function parse(source: string | Uint8Array, path = "/blog/post.md", options?: ParseOptions) {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  return parseDocument({ path, bytes, modifiedMs: 7 }, options);
}

function documentOf(source: string | Uint8Array, path?: string, options?: ParseOptions): Document {
  const parsed = parse(source, path, options);
  if (parsed.kind === "failure") throw parsed.failure;
  return parsed.document;
}

const languages = await LanguageTeller.open();

const LONG_ENGLISH =
  "This is a longer piece of English text, so that its language can be told from the words in it alone.";

describe("a document", () => {
  it("holds what its front matter says", () => {
    const source = `---\ntitle: A Title\nauthor: Ada <ada@example.org>\ndate: 2020-05-06\ntags: [B, a]\nlang: de_DE\n---\n\nDon't count 3.14 twice.\n`;
    expect(documentOf(source)).toMatchObject({
      path: "/blog/post.md",
      title: "A Title",
      author: "Ada",
      dateMs: Date.UTC(2020, 4, 6),
      language: "de",
      tags: ["B", "a"],
      tagKeys: ["b", "a"],
      words: 4,
      bytes: source.length,
      modifiedMs: 7,
      hash: expect.stringMatching(/^[\da-f]{64}$/),
      parts: [{ kind: "frontMatter", start: 0, end: 94 }, { kind: "prose" }],
    });
  });

  it("falls back on its heading, its file name and its text", () => {
    const document = documentOf(`# The *Heading*\n\n${LONG_ENGLISH}`, "/blog/2020-05-06-x.md", {
      languages,
    });
    expect(document).toMatchObject({
      title: "The Heading",
      dateMs: Date.UTC(2020, 4, 6),
      language: "en",
    });
  });

  it("leaves out what nobody says", () => {
    const { title, author, dateMs, language } = documentOf("Short text.");
    expect([title, author, dateMs, language]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    ["list", "authors: [Ada, Bob]", "Ada; Bob"],
    ["table", "author:\n  name: Ada\n  url: x", "Ada"],
  ])("takes its authors from a %s", (_what, field, authors) => {
    expect(documentOf(`---\n${field}\n---\nText here.`).author).toBe(authors);
  });

  it("takes its language from a category that names one", () => {
    expect(documentOf("---\ncategory: Français\n---\nText here.")).toMatchObject({
      language: "fr",
      tags: [],
    });
  });

  it("keeps positions with a byte order mark and CRLF", () => {
    const source = "\uFEFF---\r\ntitle: x\r\n---\r\n\r\nOne here.\r\nTwo *there*.\r\n";
    const { sentences } = documentOf(source);
    expect(sentences.map(({ text }) => text)).toEqual(["One here.", "Two *there*."]);
    for (const { text, start, end } of sentences) expect(source.slice(start, end)).toBe(text);
  });

  it("reads UTF-16 by its byte order mark", () => {
    const little = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(new Uint16Array([..."Héllo."].map((c) => c.charCodeAt(0))).buffer),
    ]);
    expect(documentOf(little).sentences).toMatchObject([{ text: "Héllo.", start: 1, end: 7 }]);
  });

  it("reads what is not UTF-8 as Windows-1252, with a warning", () => {
    const parsed = parse(new Uint8Array([0x43, 0x61, 0x66, 0xe9, 0x2e]));
    expect(parsed).toMatchObject({
      document: { sentences: [{ text: "Café." }] },
      warnings: [{ kind: "guessedEncoding", advice: { message: expect.stringContaining("UTF-8") } }],
    });
  });

  it("keeps its text where the front matter is broken, and names the line", () => {
    expect(parse("---\ntags: [a]\ntitle: One: two\n---\n\nThe body is whole.")).toMatchObject({
      document: { tags: ["a"], title: "One: two", sentences: [{ text: "The body is whole." }] },
      warnings: [{ kind: "brokenFrontMatter", line: 3, advice: { message: expect.any(String) } }],
    });
  });

  it("warns of a date that cannot be read", () => {
    expect(parse("---\ndate: last spring\n---\nText here.")).toMatchObject({
      warnings: [{ kind: "unreadableDate" }],
    });
  });

  it.each([
    ["binary data", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]), "BinaryFileError"],
    ["nothing", "", "NoProseError"],
    ["only code", "```\ncode here\n```\n", "NoProseError"],
    ["only front matter", "---\ntitle: x\n---\n", "NoProseError"],
  ])("of %s is a failure with advice", (_what, content, name) => {
    expect(parse(content)).toMatchObject({
      kind: "failure",
      failure: { name, path: "/blog/post.md", advice: expect.stringMatching(/\w+\.$/) },
    });
  });
});

describe("a file that is none of what is read", () => {
  it.each(["/a/data.json", "/a/main.py", "/a/letter.docx"])("is refused in words: %s", (path) => {
    const bytes = new TextEncoder().encode("Some words. And more words.");
    const parsed = parseDocument({ path, bytes, modifiedMs: 0 });
    expect(parsed).toMatchObject({ kind: "failure", failure: { name: "UnreadKindError", path } });
    expect(parsed.kind === "failure" && parsed.failure.advice).toMatch(/^Save its text as Markdown/);
  });

  it("is refused as broken where a notebook was cut off", () => {
    const bytes = new TextEncoder().encode('{"cells": [{"cell_type": "mark');
    const parsed = parseDocument({ path: "/a/b.ipynb", bytes, modifiedMs: 0 });
    expect(parsed).toMatchObject({
      failure: { name: "BrokenDocumentError", message: expect.stringContaining("well-formed JSON") },
    });
  });
});
