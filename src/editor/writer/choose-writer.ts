import * as vscode from "vscode";
import type { WriterSummary } from "../../protocol/learning-status.ts";
import { requests } from "../../protocol/requests.ts";
import { describeCount } from "../../words/describe-counts.ts";
import type { EditorContext } from "../editor-context.ts";
import { NothingOpenError } from "../errors.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";

/** The only writer, or the one that is picked; undefined where none is. Throws NothingOpenError where there is nobody. */
export async function chooseWriter(
  { server }: Pick<EditorContext, "server">,
  title: string,
): Promise<string | undefined> {
  const writers = await server.send(requests.writers, {});
  const [only, other] = writers;
  if (only === undefined) {
    throw new NothingOpenError(
      vscode.l10n.t("Nothing has been learned yet, and nothing is kept."),
      vscode.l10n.t("Learn from your documents first."),
    );
  }
  if (other === undefined) return only.name;
  const items = writers.map((writer) => ({
    label: safeText(writer.name),
    description: describe(writer),
    writer,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.writer.name;
}

const describe = ({ documents }: WriterSummary): string => describeCount(documents, "document", t);
