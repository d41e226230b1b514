import { expect, test } from "vitest";
import { markdown } from "../../../src/corpus/formats/markdown.ts";
import { LiveSource } from "../../../src/corpus/live/live-source.ts";
import { hashOfText } from "../../../src/readings/tags/tag-suggestions.ts";
import type { OpenDocument, OpenDocuments } from "../../../src/server/context.ts";
import { TaughtTexts } from "../../../src/server/teaching/taught-texts.ts";

/** The documents of an editor that a test opens, writes in and closes. */
class Editor implements OpenDocuments {
  readonly #open = new Map<string, OpenDocument>();
  readonly #changed: ((uri: string) => void)[] = [];
  readonly #closed: ((uri: string) => void)[] = [];

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  at(path: string): OpenDocument | undefined {
    return this.#open.get(path);
  }

  onChange(listener: (uri: string) => void): void {
    this.#changed.push(listener);
  }

  /** Nothing is saved. */
  onSave(): void {}

  onClose(listener: (uri: string) => void): void {
    this.#closed.push(listener);
  }

  write(uri: string, source: string): OpenDocument {
    const place = { line: 0, character: 0 };
    const live = new LiveSource(source, "a.md", markdown);
    const document = {
      uri,
      path: uri,
      version: 1,
      source,
      live,
      parsed: live.whole,
      authors: [],
      languageId: "markdown",
      format: markdown,
      offsetAt: () => 0,
      positionAt: () => place,
    };
    this.#open.set(uri, document);
    for (const listener of this.#changed) listener(uri);
    return document;
  }

  close(uri: string): void {
    this.#open.delete(uri);
    for (const listener of this.#closed) listener(uri);
  }
}

const uri = "untitled:Untitled-1";
const first = hashOfText(["The river was high."]);
const second = hashOfText(["The river was high.", "Nobody came."]);

test("A document is known by its text at the time of teaching while it is written on, and when it is saved.", () => {
  const editor = new Editor();
  const texts = new TaughtTexts(editor);
  texts.note(editor.write(uri, "The river was high."));
  expect(texts.hashesOf(editor.write(uri, "The river was high. Nobody came."))).toEqual([first, second]);
  editor.close(uri);
  const saved = editor.write("file:///blog/river.md", "The river was high. Nobody came.");
  expect(texts.hashesOf(saved)).toEqual([first, second]);
});

test("The next document of the same name is another one.", () => {
  const editor = new Editor();
  const texts = new TaughtTexts(editor);
  texts.note(editor.write(uri, "The river was high."));
  editor.close(uri);
  const other = hashOfText(["Tea is better."]);
  expect(texts.hashesOf(editor.write(uri, "Tea is better."))).toEqual([other]);
});

test("One that was emptied before it was closed is not every empty one.", () => {
  const editor = new Editor();
  const texts = new TaughtTexts(editor);
  texts.note(editor.write(uri, "The river was high."));
  editor.write(uri, "");
  editor.close(uri);
  expect(texts.hashesOf(editor.write("untitled:Untitled-2", ""))).toEqual([hashOfText([])]);
});
