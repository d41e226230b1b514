import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ServerLink } from "../../../src/editor/client/server-link.ts";
import { DocumentReadings } from "../../../src/editor/tone/document-readings.ts";
import { ToneItem } from "../../../src/editor/tone/tone-item.ts";
import type { UnreadSentence } from "../../../src/protocol/readings.ts";
import { openDocument, stage } from "../vscode/stage.ts";
import { EventEmitter } from "../vscode/values.ts";

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
let languages: readonly string[];
let readings: DocumentReadings;
let item: ToneItem;

/** Reads every document as sentences in languages that are not read. */
class Server {
  readonly onStateChanged = new EventEmitter<unknown>().event;

  onNotification(): void {}

  async send(): Promise<unknown> {
    const notRead = languages.map((language): UnreadSentence => ({ range, plain: "Gut so.", language }));
    return { version: 1, document: null, sentences: [], notRead, gate: { open: false, reason: "" } };
  }
}

beforeEach(() => {
  stage.clear();
  readings = new DocumentReadings(new Server() as unknown as ServerLink);
});
afterEach(() => {
  item.dispose();
  readings.dispose();
});

test.each([
  [["de", "fr", "de"], "$(pulse) not English", "This document is not English (German, French)"],
  [["en", "fr"], "$(pulse) not read", "This document is not read (English, French)"],
])("Of a document in %j the status bar says '%s' in place of a tone.", async (told, text, tooltip) => {
  languages = told;
  stage.active = openDocument("/blog/a.md");
  item = new ToneItem(readings);
  await vi.waitFor(() => expect(stage.statusItems[0]?.isShown).toBe(true));
  expect(stage.statusItems[0]).toMatchObject({ text, tooltip: expect.stringContaining(tooltip) });
});

test("Where nothing is in front, or the setting is off, the status bar says nothing.", async () => {
  languages = ["de"];
  item = new ToneItem(readings);
  expect(stage.statusItems[0]?.isShown).toBe(false);
  stage.active = openDocument("/blog/a.md");
  stage.configure("idiolect.tone.statusBar", false);
  stage.activated.fire(undefined);
  expect(stage.statusItems[0]?.isShown).toBe(false);
});
