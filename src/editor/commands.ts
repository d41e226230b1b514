import * as vscode from "vscode";
import { settingsSection } from "../protocol/settings.ts";
import { activeProse, requireProse } from "./client/prose.ts";
import { type CommandName, commandNames } from "./command-names.ts";
import type { EditorContext } from "./editor-context.ts";
import { ServerGoneError } from "./errors.ts";
import { forget } from "./learning/forget.ts";
import { explainFailure, learn, pause, resume } from "./learning/learn.ts";
import { offerLog, offersWhenGone, tellFailure } from "./messages/tell.ts";
import { reportProblem } from "./problem/report-problem.ts";
import { mergeTag, renameTag } from "./tags/rename-tag.ts";
import { suggestFolderTags } from "./tags/suggest-folder-tags.ts";
import { suggestTags } from "./tags/suggest-tags.ts";
import { myLessons } from "./teaching/my-lessons.ts";
import { teach, withdraw } from "./teaching/teach.ts";
import { readSelection } from "./tone/selection-hover.ts";
import { useWord } from "./words/use-word.ts";
import { exportWriter } from "./writer/export-writer.ts";
import { forgetLesson } from "./writer/forget-lesson.ts";
import { goBack } from "./writer/go-back.ts";
import { importFile } from "./writer/import-file.ts";

type Handler = (context: EditorContext, ...parameters: readonly unknown[]) => unknown;

/** What a command does, and what it does instead where the server is gone. */
interface CommandEntry {
  readonly enabled: Handler;
  readonly disabled?: Handler;
}

const withServer = (enabled: Handler): CommandEntry => ({ enabled, disabled: tellServerGone });

const table: Readonly<Record<CommandName, CommandEntry>> = {
  [commandNames.learn]: withServer(learn),
  [commandNames.pause]: withServer(pause),
  [commandNames.resume]: withServer(resume),
  [commandNames.readSelection]: withServer(readSelection),
  [commandNames.readDocument]: withServer(readDocument),
  [commandNames.readVoice]: withServer(({ voicePanel }) => voicePanel.show(requireProse())),
  [commandNames.useWord]: withServer(useWord),
  [commandNames.suggestTags]: withServer(suggestTags),
  [commandNames.suggestFolderTags]: withServer(suggestFolderTags),
  [commandNames.renameTag]: withServer(renameTag),
  [commandNames.mergeTag]: withServer(mergeTag),
  [commandNames.teach]: withServer(teach),
  [commandNames.round]: withServer(({ roundPanel }) => roundPanel.show()),
  [commandNames.myLessons]: withServer(myLessons),
  [commandNames.withdraw]: withServer(withdraw),
  [commandNames.explainFailure]: { enabled: explainFailure },
  [commandNames.showReport]: withServer(({ reportPanel }) => reportPanel.show()),
  [commandNames.goBack]: withServer(goBack),
  [commandNames.forgetLesson]: withServer(forgetLesson),
  [commandNames.exportWriter]: withServer(exportWriter),
  [commandNames.importFile]: withServer(importFile),
  [commandNames.forget]: withServer(forget),
  [commandNames.openSettings]: { enabled: openSettings },
  [commandNames.restart]: { enabled: ({ server }) => server.restart() },
  [commandNames.showLog]: { enabled: ({ log }) => log.show() },
  [commandNames.reportProblem]: { enabled: reportProblem },
};

/** Registers every command. One that fails says so, and one that cannot work explains itself. */
export function registerCommands(context: EditorContext): vscode.Disposable {
  const registered = (Object.entries(table) as [CommandName, CommandEntry][]).map(([name, entry]) =>
    vscode.commands.registerCommand(name, (...parameters: unknown[]) => run(context, entry, parameters)),
  );
  return vscode.Disposable.from(...registered);
}

async function run(
  context: EditorContext,
  { enabled, disabled = enabled }: CommandEntry,
  parameters: readonly unknown[],
): Promise<void> {
  const wasGone = context.server.state.kind === "gone";
  try {
    await (wasGone ? disabled : enabled)(context, ...parameters);
  } catch (cause) {
    // A server that goes while a command waits for it is told of once, by `tellWhenGone`.
    if (wasGone || !(cause instanceof ServerGoneError)) {
      const offers = cause instanceof ServerGoneError ? offersWhenGone(context.log) : [offerLog(context.log)];
      await tellFailure(cause, context.log, ...offers);
    }
  }
}

/** From the panel itself there is no document in front; then it stays with its own. */
function readDocument({ tonePanel }: EditorContext): void {
  if (!tonePanel.show(activeProse()?.document)) {
    requireProse();
  }
}

function openSettings(): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", `@ext:idiolect.${settingsSection}`);
}

/** Asking the server throws the reason. */
async function tellServerGone({ server }: EditorContext): Promise<void> {
  await server.whenRunning();
}
