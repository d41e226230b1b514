import * as vscode from "vscode";

/** A hover for one stretch of one version of a document, shown in place of the server's until the selection moves. */
export class SelectionHover implements vscode.Disposable {
  #shown: { readonly uri: string; readonly version: number; readonly hover: vscode.Hover } | undefined;
  readonly #listening = vscode.window.onDidChangeTextEditorSelection(() => this.clear());

  set(document: vscode.TextDocument, hover: vscode.Hover): void {
    this.#shown = { uri: document.uri.toString(), version: document.version, hover };
  }

  clear(): void {
    this.#shown = undefined;
  }

  at(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const shown = this.#shown;
    const isHere =
      shown?.uri === document.uri.toString() &&
      shown.version === document.version &&
      shown.hover.range?.contains(position) === true;
    return isHere ? shown.hover : undefined;
  }

  dispose(): void {
    this.#listening.dispose();
  }
}
