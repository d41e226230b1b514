import { config, t as translated } from "@vscode/l10n";
import type { SpokenLanguage } from "../protocol/settings.ts";
import type { Translate } from "../words/translate.ts";

let locale = "en";

/** From now on the server says what it says in a language; undefined: in English. One editor at a time is spoken to. */
export function speakLanguage(language: SpokenLanguage | undefined): void {
  config({ contents: { ...language?.sentences } });
  locale = language?.locale ?? "en";
}

/** What the server says, in the editor's language as far as the editor has given it. */
export const t: Translate = Object.defineProperty(
  (...[message, ...values]: Parameters<Translate>) => translated(message, ...values),
  "locale",
  { get: () => locale },
) as Translate;
