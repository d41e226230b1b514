import * as vscode from "vscode";
import { isProse } from "../client/prose.ts";
import { toEditorRange } from "../client/ranges.ts";
import { settingsOf, touches } from "../client/settings.ts";
import type { DocumentReadings, ReadingNews } from "./document-readings.ts";
import { type MarkedTone, markedTones, type ToneMarks, toneMarks } from "./tone-marks.ts";

/** A sign beside the line and a line under the sentence, each told apart by its shape alone. */
const shapes: Readonly<Record<MarkedTone, { readonly sign: string; readonly line: string }>> = {
  positive: { sign: "M8 3v10M3 8h10", line: "solid" },
  negative: { sign: "M3 8h10", line: "dashed" },
  both: { sign: "M8 2v8M4 6h8M4 13h8", line: "double" },
};

/** Of lines and signs that are no warning: as strong as text that is told aside. */
const lineColour = new vscode.ThemeColor("descriptionForeground");

interface Marked {
  readonly document: vscode.TextDocument;
  readonly watching: vscode.Disposable;
  marks: ToneMarks | undefined;
}

/** Marks sentences with a tone in the editors that show, where the setting `tone.decorations` wants it. */
export class ToneDecorations implements vscode.Disposable {
  readonly #readings: DocumentReadings;
  readonly #signs = decorationTypes(({ sign }) => ({
    dark: icon(sign, "#c5c5c5"),
    light: icon(sign, "#424242"),
  }));
  readonly #lines = decorationTypes(({ line }) => ({
    borderWidth: line === "double" ? "0 0 3px 0" : "0 0 1px 0",
    borderStyle: line,
    borderColor: lineColour,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  }));
  readonly #marked = new Map<string, Marked>();
  readonly #listening: vscode.Disposable;

  constructor(readings: DocumentReadings) {
    this.#readings = readings;
    this.#listening = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(() => this.#follow()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (touches(change, ["tone.decorations"])) this.#follow();
      }),
    );
    this.#follow();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const { watching } of this.#marked.values()) watching.dispose();
    for (const tone of markedTones) vscode.Disposable.from(this.#signs[tone], this.#lines[tone]).dispose();
  }

  /** Watches the documents that show and are to be marked, and no others. */
  #follow(): void {
    const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
    const wanted = new Map(
      shown
        .filter((document) => isProse(document) && settingsOf(document).value("tone.decorations"))
        .map((document) => [document.uri.toString(), document]),
    );
    for (const [key, { document, watching }] of this.#marked) {
      if (wanted.get(key) === document) continue;
      watching.dispose();
      this.#marked.delete(key);
    }
    for (const [key, document] of wanted) {
      if (this.#marked.has(key)) continue;
      const watching = this.#readings.watch(document, (news) => this.#take(key, news));
      this.#marked.set(key, { document, watching, marks: undefined });
    }
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  #take(key: string, news: ReadingNews): void {
    // A reading that is known already is told before `watch` has returned.
    queueMicrotask(() => {
      const marked = this.#marked.get(key);
      if (marked === undefined) return;
      marked.marks = news.kind === "read" ? toneMarks(news.reading.sentences) : undefined;
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document === marked.document) this.#draw(editor);
      }
    });
  }

  /** Where nothing is to be marked, what was drawn goes. */
  #draw(editor: vscode.TextEditor): void {
    const marks = this.#marked.get(editor.document.uri.toString())?.marks;
    for (const tone of markedTones) {
      const { sentences = [], lines = [] } = marks?.[tone] ?? {};
      editor.setDecorations(
        this.#signs[tone],
        lines.map((line) => new vscode.Range(line, 0, line, 0)),
      );
      editor.setDecorations(this.#lines[tone], sentences.map(toEditorRange));
    }
  }
}

function decorationTypes(
  optionsOf: (shape: (typeof shapes)[MarkedTone]) => vscode.DecorationRenderOptions,
): Readonly<Record<MarkedTone, vscode.TextEditorDecorationType>> {
  const made = (tone: MarkedTone) => vscode.window.createTextEditorDecorationType(optionsOf(shapes[tone]));
  return { positive: made("positive"), negative: made("negative"), both: made("both") };
}

/** A sign in the margin, for dark themes or light ones; those of high contrast count as the one or the other. */
function icon(
  path: string,
  colour: string,
): vscode.ThemableDecorationRenderOptions & {
  readonly gutterIconPath: vscode.Uri;
} {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${path}" stroke="${colour}" stroke-width="1.5"/></svg>`;
  return { gutterIconPath: vscode.Uri.parse(`data:image/svg+xml,${encodeURIComponent(svg)}`) };
}
