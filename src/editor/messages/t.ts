import * as vscode from "vscode";
import { type Translate, translation } from "../../words/translate.ts";

/** A language of ours that this machine has the rules of; `qps-ploc` and what is not translated count as English. */
function localeHere(): string {
  const { language } = vscode.env;
  const isKnown = Intl.NumberFormat.supportedLocalesOf(language).length > 0;
  return vscode.l10n.bundle === undefined || !isKnown ? "en" : language;
}

/** What the editor says, in its language where there is a translation, else in English. */
export const t: Translate = translation(localeHere(), vscode.l10n.t);
