import * as vscode from "vscode";
import type { Taught } from "../../protocol/lessons.ts";
import { commandNames } from "../command-names.ts";
import { safeText } from "../messages/safe-text.ts";
import { spokenText } from "../messages/spoken-text.ts";

/** Later, the list of lessons takes one back. */
const shownMs = 60_000;

/** Confirms a lesson in the status bar for a minute; a click takes the lesson back. */
export class UndoItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("idiolect.lesson", vscode.StatusBarAlignment.Left, 0);
  #hiding: NodeJS.Timeout | undefined;

  constructor() {
    this.#item.name = vscode.l10n.t("Idiolect: What You Taught");
  }

  show(lesson: string, { id, about }: Taught): void {
    this.#item.text = `$(check) ${lesson} · $(discard) ${vscode.l10n.t("Undo")}`;
    this.#item.tooltip = `${safeText(about)}\n${vscode.l10n.t("Click to take it back.")}`;
    this.#item.accessibilityInformation = { label: spokenText(lesson, this.#item.tooltip) };
    this.#item.command = {
      command: commandNames.withdraw,
      title: vscode.l10n.t("Undo"),
      arguments: [id],
    };
    this.#item.show();
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.hide(), shownMs);
  }

  hide(): void {
    clearTimeout(this.#hiding);
    this.#item.hide();
  }

  dispose(): void {
    clearTimeout(this.#hiding);
    this.#item.dispose();
  }
}
