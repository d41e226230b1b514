import * as vscode from "vscode";
import { type Translate, translation } from "../../words/translate.ts";

/** A language of ours that this machine has the rules of; `qps-ploc` and what is not translated count as English. */
function localeHere(): string {
  const { language } = vscode.env;
  // In English nothing is asked of Intl: its first use reads tables, which takes as long as all of this extension's code.
  if (vscode.l10n.bundle === undefined) return "en";
  return Intl.NumberFormat.supportedLocalesOf(language).length > 0 ? language : "en";
}

/** What the editor says, in its language where there is a translation, else in English. */
export const t: Translate = translation(localeHere(), vscode.l10n.t);
