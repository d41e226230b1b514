import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spokenSentences } from "../../house/spoken-sentences.ts";
import { extensionsFolder } from "./scene.ts";

/** A language that nobody translates into, which the editor has the rules of. */
export const pseudoLanguage = "eo";

const accented: Readonly<Record<string, string>> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ó",
  u: "ú",
  A: "Á",
  E: "É",
  I: "Í",
  O: "Ó",
  U: "Ú",
};

/** A sentence that is easily told from an untranslated one, and longer by two fifths, as translations are. */
export function pseudo(sentence: string): string {
  const said = sentence.replace(
    /\{\d\}|`[^`]*`|\]\(command:[\w.]+\)|[aeiouAEIOU]/g,
    (part) => accented[part] ?? part,
  );
  return `⟦${said}${" ~~~".repeat(Math.ceil(sentence.length / 10))}⟧`;
}

/** Lays the translation beside the others of the installed extension; no other language is touched. */
export function installPseudoLanguage(): void {
  const [folder] = globSync("idiolect.idiolect-*", { cwd: extensionsFolder });
  const installed = join(extensionsFolder, folder ?? "");
  const sentences = spokenSentences().flatMap(({ text }) =>
    text === undefined ? [] : [[text, pseudo(text)]],
  );
  const manifest: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(join(installed, "package.nls.json"), "utf8"),
  );
  const titles = Object.entries(manifest).map(([key, sentence]) => [key, pseudo(sentence)]);
  const write = (file: string, entries: readonly (readonly string[])[]) =>
    writeFileSync(join(installed, file), JSON.stringify(Object.fromEntries(entries)));
  write(`l10n/bundle.l10n.${pseudoLanguage}.json`, sentences);
  write(`package.nls.${pseudoLanguage}.json`, titles);
}
