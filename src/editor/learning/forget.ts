import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import type { Erased } from "../../protocol/writer-report.ts";
import { describeCount } from "../../words/describe-counts.ts";
import { formatBytes } from "../../words/format.ts";
import { plural } from "../../words/translate.ts";
import type { EditorContext } from "../editor-context.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";
import { tell } from "../messages/tell.ts";
import { isWriterNode } from "../writer/writer-nodes.ts";

/** Whom to forget; no name: everybody, with all else that is kept. */
interface Forgettable extends vscode.QuickPickItem {
  readonly writer?: string;
  readonly question: string;
}

/** Erases a writer after one confirmation, and shows what was erased. `about`: the writer in the tree. */
export async function forget({ server, log }: EditorContext, about?: unknown): Promise<void> {
  const reports = await server.send(requests.report, {});
  const writers = reports.map(({ writer }) => writer);
  const chosen =
    isWriterNode(about) && writers.length > 1 ? forgettable(about.writer) : await choose(writers);
  if (chosen === "nobody") {
    await tell(vscode.l10n.t("Idiolect keeps nothing about anybody."), "");
    return;
  }
  if (chosen === undefined || !(await confirm(chosen))) {
    return;
  }
  const erased = await server.send(
    requests.forget,
    chosen.writer === undefined ? {} : { writer: chosen.writer },
  );
  for (const { what, where, bytes } of erased.erased) {
    log.info(`Erased: ${what}, ${formatBytes(bytes)}, ${where}`);
  }
  await showErased(erased);
}

async function choose(
  writers: readonly { readonly name: string; readonly documents: number }[],
): Promise<Forgettable | "nobody" | undefined> {
  if (writers.length === 0) {
    return "nobody";
  }
  const items = writers.map(forgettable);
  const label = `$(trash) ${vscode.l10n.t("Everybody: everything that Idiolect keeps")}`;
  const [only] = items;
  // With the only writer goes what would be left for nobody: the store itself, and the unpacked model.
  if (only !== undefined && items.length === 1) {
    return {
      label,
      question: vscode.l10n.t("Forget {0}, and everything else that Idiolect keeps?", only.label),
    };
  }
  const everybody = { label, question: vscode.l10n.t("Forget everything?") };
  return vscode.window.showQuickPick([...items, everybody], {
    title: vscode.l10n.t("Whom should Idiolect forget?"),
  });
}

function forgettable({
  name,
  documents,
}: {
  readonly name: string;
  readonly documents: number;
}): Forgettable {
  return {
    label: safeText(name),
    description: describeCount(documents, "document", t),
    writer: name,
    question: vscode.l10n.t("Forget {0}?", safeText(name)),
  };
}

async function confirm({ question }: Forgettable): Promise<boolean> {
  const forgetIt = vscode.l10n.t("Forget");
  const answer = await vscode.window.showWarningMessage(
    question,
    {
      modal: true,
      detail: vscode.l10n.t(
        "This erases for good what was learned, the index of sentences and tags, reports, checkpoints, and what you taught. Your documents stay as they are.",
      ),
    },
    forgetIt,
  );
  return answer === forgetIt;
}

async function showErased({ erased, verified }: Erased): Promise<void> {
  const bytes = erased.reduce((sum, item) => sum + item.bytes, 0);
  const message = plural(
    t,
    erased.length,
    "Erased: {0} kind of data, {1}.",
    "Erased: {0} kinds of data, {1}.",
    formatBytes(bytes, t),
  );
  const check = verified
    ? vscode.l10n.t("Verified: nothing of it is left in the files.")
    : vscode.l10n.t("Something may be left; please run Forget Writer again.");
  const lines = erased.map((item) => `${safeText(item.what)}: ${formatBytes(item.bytes, t)}`);
  const showList = () =>
    vscode.window.showInformationMessage(message, { modal: true, detail: [check, "", ...lines].join("\n") });
  await tell(message, check, { title: vscode.l10n.t("Show List"), run: showList });
}
