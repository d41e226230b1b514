import type { InitializeParams } from "vscode-languageserver/node";
import { z } from "zod";

/** What the editor's side can do, as it said with `initialize`. */
export interface ClientAbilities {
  /** It runs the commands of `editorCommands` itself, also from links in hovers. */
  readonly runsCommands: boolean;
  /** It follows our own notifications; others may show each as an error. */
  readonly hearsNotifications: boolean;
  /** Hovers are shown as Markdown; else as they are written. */
  readonly showsMarkdown: boolean;
  /** Code actions may be more than commands. */
  readonly takesCodeActions: boolean;
  /** The edit of a code action may be asked for once it was chosen. */
  readonly resolvesEdits: boolean;
  /** Edits may say of which version of a document they are. */
  readonly knowsVersions: boolean;
  /** It asks whether there is something to rename before it asks for a name. */
  readonly preparesRename: boolean;
  /** It shows how far long work is. */
  readonly showsProgress: boolean;
  /** It tells of files in any folder when asked to. */
  readonly watchesFiles: boolean;
}

const announcement = z.object({
  runsCommands: z.boolean().catch(false),
  hearsNotifications: z.boolean().catch(false),
});

const nothingAnnounced = { runsCommands: false, hearsNotifications: false };

/** What is not said is not there, but for hovers and code actions: those whom nobody told of are sent as usual. */
export function clientAbilities({
  initializationOptions,
  capabilities: { textDocument, window, workspace } = {},
}: Pick<InitializeParams, "initializationOptions" | "capabilities">): ClientAbilities {
  const announced = announcement.safeParse(initializationOptions).data ?? nothingAnnounced;
  const formats = textDocument?.hover?.contentFormat;
  const codeAction = textDocument?.codeAction;
  return {
    ...announced,
    showsMarkdown: formats === undefined || formats.includes("markdown"),
    takesCodeActions: codeAction === undefined || codeAction.codeActionLiteralSupport !== undefined,
    resolvesEdits: codeAction?.resolveSupport?.properties.includes("edit") === true,
    knowsVersions: workspace?.workspaceEdit?.documentChanges === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    showsProgress: window?.workDoneProgress === true,
    watchesFiles:
      workspace?.didChangeWatchedFiles?.dynamicRegistration === true &&
      workspace.didChangeWatchedFiles.relativePatternSupport === true,
  };
}
