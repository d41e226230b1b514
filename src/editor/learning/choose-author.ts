import * as vscode from "vscode";
import { describeCount } from "../../words/describe-counts.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";

interface AuthorCount {
  readonly name: string;
  readonly documents: number;
}

/**
 * Asks whose texts are to be learned where several people have written in the chosen folders. Gives undefined where the
 * list was left, and no author where there is nothing to ask.
 */
export async function chooseAuthor(
  authors: readonly AuthorCount[],
): Promise<{ readonly author?: string } | undefined> {
  if (authors.length < 2) {
    return {};
  }
  const items = authors.map(({ name, documents }) => ({
    label: name === "" ? vscode.l10n.t("Texts that name no author") : safeText(name),
    description: describeCount(documents, "document", t),
    author: name,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Several people have written here. Whose texts should Idiolect learn from?"),
    placeHolder: vscode.l10n.t("The others' texts are left out; they can be learned separately later."),
    ignoreFocusOut: true,
  });
  if (chosen === undefined) {
    return undefined;
  }
  return chosen.author === "" ? {} : { author: chosen.author };
}

/** Counts of several folders together, most first. */
export function sumAuthors(counts: readonly (readonly AuthorCount[])[]): readonly AuthorCount[] {
  const sums = new Map<string, number>();
  for (const { name, documents } of counts.flat()) {
    sums.set(name, (sums.get(name) ?? 0) + documents);
  }
  return Array.from(sums, ([name, documents]) => ({ name, documents })).sort(
    (a, b) => b.documents - a.documents,
  );
}
