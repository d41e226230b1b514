/** Commands that the server executes, for editors that do not run those of `editorCommands` themselves. */
export const serverCommands = {
  /** Argument: `Teaching`. The user is told what was taught; the result is `Taught`. */
  teach: "idiolect.server.teach",
  /** Argument: `{ id }` of what was taught. */
  withdraw: "idiolect.server.withdraw",
  /** Argument: what a code action has put in. Learning must not take it for the writer's own evidence. */
  noteTags: "idiolect.server.noteTags",
  /** Argument: `{ uri, range }`, or without the range for all of it. The user is told what was read. */
  readVoice: "idiolect.server.readVoice",
  /** Argument: `LearnParameters`, or none for the folders that are open. */
  learn: "idiolect.server.learn",
  pause: "idiolect.server.pause",
  resume: "idiolect.server.resume",
  status: "idiolect.server.status",
} as const;

/** Commands of the editor that hovers and code actions of the server name; no others run from a hover. */
export const editorCommands = {
  /** Argument: `Teaching`. */
  teach: "idiolect.teach",
  suggestTags: "idiolect.suggestTags",
  readDocument: "idiolect.readDocument",
} as const;
