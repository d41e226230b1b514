import { type Connection, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver/node";
import { packageVersion } from "../session/package-root.ts";
import type { GivenPlaces } from "../session/places.ts";
import { agentQuestions } from "./agents.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import { codeActions } from "./code-actions.ts";
import { commandExecution } from "./command-execution.ts";
import { diagnosis } from "./diagnosis.ts";
import { readingAhead } from "./documents/reading-ahead.ts";
import { watchFiles } from "./documents/watched-files.ts";
import { type ServerFeature, sharedParts } from "./feature.ts";
import { hovers } from "./hovers.ts";
import { forgetting } from "./learning/forgetting.ts";
import { learningAnew } from "./learning/learning-anew.ts";
import { learningRequests } from "./learning/learning-requests.ts";
import { report } from "./report.ts";
import { answerRequest } from "./requests.ts";
import { ServerState } from "./server-state.ts";
import { folderTagSuggestions } from "./tags/folder-tag-suggestions.ts";
import { readingTagsAhead } from "./tags/read-tags-ahead.ts";
import { tagCompletion } from "./tags/tag-completion.ts";
import { tagRenaming } from "./tags/tag-renaming.ts";
import { tagSuggestions } from "./tags/tag-suggestions.ts";
import { lessons } from "./teaching/lessons.ts";
import { questionRounds } from "./teaching/question-rounds.ts";
import { teaching } from "./teaching/teaching.ts";
import { documentReading } from "./tone/document-reading.ts";
import { keptStrength } from "./tone/kept-strength.ts";
import { selectionReading } from "./tone/selection-reading.ts";
import { voiceReading } from "./voice/voice-reading.ts";
import { wordSuggestions } from "./words/word-suggestions.ts";
import { exporting } from "./writer/exporting.ts";
import { toneHistory } from "./writer/tone-history.ts";
import { writerTags } from "./writer/writer-tags.ts";
import { writerVersions } from "./writer/writer-versions.ts";

/** What the features tell about themselves. */
const figures: ServerFeature = {
  register: (context) => answerRequest(context, "figures", () => context.figures()),
};

/** All that the server can do. A new feature is a file of its own and a line here. */
const features: readonly ServerFeature[] = [
  figures,
  readingAhead,
  hovers,
  documentReading,
  selectionReading,
  voiceReading,
  wordSuggestions,
  teaching,
  lessons,
  questionRounds,
  learningRequests,
  learningAnew,
  forgetting,
  tagCompletion,
  tagSuggestions,
  folderTagSuggestions,
  tagRenaming,
  readingTagsAhead,
  codeActions,
  commandExecution,
  agentQuestions,
  keptStrength,
  report,
  diagnosis,
  writerVersions,
  writerTags,
  toneHistory,
  exporting,
];

/**
 * Puts the server together on a connection; the caller listens on it afterwards. `places` hold where the
 * editor names none.
 */
export function startServer(connection: Connection, places: GivenPlaces = {}): void {
  const state = new ServerState(connection, places);
  let tellsFolders = false;
  connection.onInitialize((parameters) => {
    state.begin(parameters);
    tellsFolders = parameters.capabilities.workspace?.workspaceFolders === true;
    return abilitiesFor(state.client());
  });
  connection.onInitialized(() => {
    watchFiles(state);
    if (!tellsFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      state.changeFolders(added, removed),
    );
  });
  // Some editors send no parameters at all.
  connection.onDidChangeConfiguration((change: { readonly settings: unknown } | null) =>
    state.changeSettings(change?.settings),
  );
  connection.onShutdown(() => state.end());
  const shared = sharedParts(state);
  for (const { register } of features) register(state, shared);
}

function abilitiesFor(client: ClientAbilities): InitializeResult {
  const capabilities: InitializeResult["capabilities"] = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  return {
    serverInfo: { name: "idiolect", version: packageVersion() },
    capabilities: Object.assign(capabilities, ...features.map((one) => one.capabilities?.(client))),
  };
}
