import { editorCommands } from "../protocol/commands.ts";
import { isProseClause } from "./client/prose.ts";

/** What `when` clauses of the manifest ask of us. */
export const contextKeys = {
  /** The `kind` of the learning status; unset before the server was asked. */
  learning: "idiolect.learning",
  /** Whether the list of words is shown. */
  choosingWord: "idiolect.choosingWord",
} as const;

/** Views that the manifest declares. */
export const viewNames = { writers: "idiolect.writers" } as const;

/** Every command of ours. Those that hovers and code actions name come from the protocol. */
export const commandNames = {
  learn: "idiolect.learn",
  pause: "idiolect.pause",
  resume: "idiolect.resume",
  readSelection: "idiolect.readSelection",
  readDocument: editorCommands.readDocument,
  readVoice: "idiolect.readVoice",
  useWord: "idiolect.useWord",
  suggestTags: editorCommands.suggestTags,
  suggestFolderTags: "idiolect.suggestFolderTags",
  renameTag: "idiolect.renameTag",
  mergeTag: "idiolect.mergeTag",
  teach: editorCommands.teach,
  round: "idiolect.round",
  myLessons: "idiolect.myLessons",
  withdraw: "idiolect.withdraw",
  explainFailure: "idiolect.explainFailure",
  showReport: "idiolect.showReport",
  goBack: "idiolect.goBack",
  forgetLesson: "idiolect.forgetLesson",
  exportWriter: "idiolect.export",
  importFile: "idiolect.import",
  forget: "idiolect.forget",
  openSettings: "idiolect.openSettings",
  restart: "idiolect.restart",
  showLog: "idiolect.showLog",
  reportProblem: "idiolect.reportProblem",
} as const;

export type CommandName = (typeof commandNames)[keyof typeof commandNames];

/**
 * Where the command palette offers a command; undefined: always; 'false': nowhere, as menus of our views alone offer it;
 * 'never': the manifest does not declare it, as only our own surfaces call it.
 */
export const paletteClauses: Readonly<Record<CommandName, string | undefined>> = {
  [commandNames.learn]: undefined,
  [commandNames.pause]: `${contextKeys.learning} == learning`,
  [commandNames.resume]: `${contextKeys.learning} == paused`,
  [commandNames.readSelection]: `${isProseClause} && editorHasSelection`,
  [commandNames.readDocument]: isProseClause,
  [commandNames.readVoice]: isProseClause,
  [commandNames.useWord]: isProseClause,
  [commandNames.suggestTags]: isProseClause,
  [commandNames.suggestFolderTags]: undefined,
  [commandNames.renameTag]: undefined,
  [commandNames.mergeTag]: undefined,
  [commandNames.teach]: isProseClause,
  [commandNames.round]: undefined,
  [commandNames.myLessons]: undefined,
  [commandNames.withdraw]: "never",
  [commandNames.explainFailure]: "never",
  [commandNames.showReport]: undefined,
  [commandNames.goBack]: undefined,
  [commandNames.forgetLesson]: "false",
  [commandNames.exportWriter]: undefined,
  [commandNames.importFile]: undefined,
  [commandNames.forget]: undefined,
  [commandNames.openSettings]: "never",
  [commandNames.restart]: undefined,
  [commandNames.showLog]: undefined,
  [commandNames.reportProblem]: undefined,
};
