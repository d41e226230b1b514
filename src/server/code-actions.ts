import type { CodeAction, CodeActionParams, Command } from "vscode-languageserver/node";
import type { ServerContext } from "./context.ts";
import { responseError } from "./errors.ts";
import { suggestTagsAction } from "./tags/suggest-tags-action.ts";
import { tagActions, tagChangeOf, withTagEdit } from "./tags/tag-edit-actions.ts";
import type { TagHabits } from "./tags/tag-habits.ts";
import type { TagReadings } from "./tags/tag-readings.ts";
import { teachingActions } from "./teaching/teaching-actions.ts";

/**
 * Code actions at a place. An editor that runs our commands is offered its own list of tags; any other gets tags
 * as edits, and lessons as commands that the server executes.
 */
export function addCodeActions(context: ServerContext, tags: TagReadings, habits: TagHabits): void {
  const { connection, client } = context;
  connection.onCodeAction(async (parameters, token) => {
    try {
      if (client().runsCommands) return wanted(parameters, suggestTagsAction(context, tags, parameters));
      const actions = [
        ...(await tagActions(context, tags, habits, parameters, token)),
        ...teachingActions(context, parameters),
      ];
      const asked = wanted(parameters, actions);
      return client().takesCodeActions ? asked : commandsAlone(asked);
    } catch (cause) {
      throw responseError(cause);
    }
  });
  connection.onCodeActionResolve(async (action) => {
    const change = tagChangeOf(action);
    try {
      return change === undefined ? action : await withTagEdit(context, habits, action, change);
    } catch (cause) {
      throw responseError(cause);
    }
  });
}

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
