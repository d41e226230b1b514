import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Uri as EditorUri, TextDocument } from "vscode";
import type { ServerLink } from "../../../src/editor/client/server-link.ts";
import { DocumentReadings } from "../../../src/editor/tone/document-readings.ts";
import { TonePanel } from "../../../src/editor/tone/tone-panel.ts";
import { openDocument, stage } from "../vscode/stage.ts";
import { EventEmitter, Uri } from "../vscode/values.ts";

/** Reads every document as one sentence with the document's own name. */
class Server {
  readonly asked: string[] = [];
  readonly onStateChanged = new EventEmitter<unknown>().event;
  version = 1;

  onNotification(): void {}

  async send(_: unknown, { uri }: { readonly uri: string }): Promise<unknown> {
    this.asked.push(uri);
    const reading = { valence: 0.5, label: "positive", confidence: 0.8 };
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
    const pair = { general: reading, personal: null };
    return {
      version: this.version,
      document: pair,
      notRead: [],
      sentences: [{ ...pair, range, plain: uri, taught: false }],
      gate: { open: false, reason: "" },
    };
  }
}

const asDocument = (document: object) => document as TextDocument;
let server: Server;
let readings: DocumentReadings;
let panel: TonePanel;

/** The sentence that the page shows last. */
const shown = () =>
  (stage.panels[0]?.posted.at(-1) as { page?: { sentences: readonly { plain: string }[] } } | undefined)?.page
    ?.sentences[0]?.plain;

beforeEach(() => {
  stage.clear();
  server = new Server();
  readings = new DocumentReadings(server as unknown as ServerLink);
  panel = new TonePanel(Uri.file("/extension") as unknown as EditorUri, readings);
});
afterEach(() => {
  panel.dispose();
  readings.dispose();
});

test("A document that was closed keeps its page, and is followed again when it is opened again.", async () => {
  const first = openDocument("/blog/a.md");
  panel.show(asDocument(first));
  await vi.waitFor(() => expect(shown()).toBe("file:///blog/a.md"));
  first.isClosed = true;
  stage.closed.fire(first);
  server.version = 7;
  const again = { ...openDocument("/blog/a.md"), version: 7 };
  stage.opened.fire(again);
  await vi.waitFor(() => expect(stage.panels[0]?.posted.length).toBe(3));
  expect(shown()).toBe("file:///blog/a.md");
  expect(server.asked.length).toBe(2);
});

test("A reading of a text that has changed meanwhile is not shown.", async () => {
  server.version = 6;
  panel.show(asDocument({ ...openDocument("/blog/a.md"), version: 7 }));
  await vi.waitFor(() => expect(server.asked.length).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(shown()).toBeUndefined();
});

test("A renamed file is followed, whether it opens before the news of it or after.", async () => {
  panel.show(asDocument(openDocument("/blog/a.md")));
  await vi.waitFor(() => expect(shown()).toBe("file:///blog/a.md"));
  stage.renamed.fire({ files: [{ oldUri: Uri.file("/blog/a.md"), newUri: Uri.file("/blog/b.md") }] });
  stage.opened.fire(openDocument("/blog/b.md"));
  await vi.waitFor(() => expect(shown()).toBe("file:///blog/b.md"));
  expect(stage.panels[0]?.title).toBe("Tone: b.md");
  stage.documents = [openDocument("/posts/b.md")];
  stage.renamed.fire({ files: [{ oldUri: Uri.file("/blog"), newUri: Uri.file("/posts") }] });
  await vi.waitFor(() => expect(shown()).toBe("file:///posts/b.md"));
});

test("A sentence is shown in its file though the document was closed meanwhile.", async () => {
  const document = openDocument("/blog/a.md");
  panel.show(asDocument(document));
  await vi.waitFor(() => expect(shown()).toBeDefined());
  document.isClosed = true;
  stage.panels[0]?.tell({ kind: "goTo", sentence: 0 });
  expect(stage.executed).toEqual([["showTextDocument", document.uri]]);
});
