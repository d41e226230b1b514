import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
} from "vscode-languageserver/node";
import { answering, answeringUnasked } from "./errors.ts";
import type { ServerFeature } from "./feature.ts";
import { suggestTagsAction } from "./tags/suggest-tags-action.ts";
import { tagActions, tagChangeOf, withTagEdit } from "./tags/tag-edit-actions.ts";
import { teachingActions, teachingKind } from "./teaching/teaching-actions.ts";
import { voiceActions, voiceKind } from "./voice/voice-actions.ts";
import { wordActions, wordKind } from "./words/word-actions.ts";

/**
 * Code actions at a place. An editor that runs our commands is offered its own list of tags; any other gets tags
 * and words as edits, and lessons and the question about a voice as commands that the server executes.
 */
export const codeActions: ServerFeature = {
  capabilities: ({ runsCommands }) => {
    const kinds = [CodeActionKind.Source, CodeActionKind.QuickFix];
    return {
      codeActionProvider: runsCommands
        ? { codeActionKinds: kinds }
        : { codeActionKinds: [...kinds, teachingKind, wordKind, voiceKind], resolveProvider: true },
    };
  },
  register(context, { tagReadings, tagHabits, wordReadings }) {
    const { connection, client } = context;
    connection.onCodeAction((parameters, token) =>
      answeringUnasked(context, async () => {
        if (client().runsCommands)
          return wanted(parameters, suggestTagsAction(context, tagReadings, parameters));
        const actions = [
          ...(await tagActions(context, tagReadings, tagHabits, parameters, token)),
          ...(await wordActions(context, wordReadings, parameters, token)),
          ...(await teachingActions(context, parameters, token)),
          ...voiceActions(context, parameters),
        ];
        const asked = wanted(parameters, actions);
        return client().takesCodeActions ? asked : commandsAlone(asked);
      }),
    );
    connection.onCodeActionResolve((action) =>
      answering(() => {
        const change = tagChangeOf(action);
        return change === undefined ? action : withTagEdit(context, tagHabits, action, change);
      }),
    );
  },
};

/** Kinds are names with dots, and who asks for one asks for those below it. */
function wanted({ context: { only } }: CodeActionParams, actions: readonly CodeAction[]): CodeAction[] {
  return actions.filter(
    ({ kind }) => only === undefined || only.some((one) => one === "" || `${kind}.`.startsWith(`${one}.`)),
  );
}

/** For an editor from before there were code actions: what needs no edit. */
function commandsAlone(actions: readonly CodeAction[]): Command[] {
  return actions.flatMap(({ command, edit, data }) =>
    command === undefined || edit !== undefined || data !== undefined ? [] : [command],
  );
}
