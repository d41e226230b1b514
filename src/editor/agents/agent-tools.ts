import * as vscode from "vscode";
import { type AgentAbility, agentAbilities, agentToolNames } from "../../protocol/agent-abilities.ts";
import { requests } from "../../protocol/requests.ts";
import { settingsSection } from "../../protocol/settings.ts";
import type { ServerLink } from "../client/server-link.ts";

/**
 * Offers agents of the editor the tools that the writer has switched on, and takes them back once they are switched
 * off. The editor asks before each call.
 */
export function offerAgentTools(server: ServerLink): vscode.Disposable {
  const offered = new Map<AgentAbility, vscode.Disposable>();
  const follow = () => {
    for (const ability of agentAbilities) {
      const isOn = vscode.workspace.getConfiguration(settingsSection).get(`agents.${ability}`) === true;
      if (isOn && !offered.has(ability)) offered.set(ability, register(server, ability));
      if (isOn) continue;
      offered.get(ability)?.dispose();
      offered.delete(ability);
    }
  };
  follow();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${settingsSection}.agents`)) follow();
    }),
    { dispose: () => vscode.Disposable.from(...offered.values()).dispose() },
  );
}

function register(server: ServerLink, ability: AgentAbility): vscode.Disposable {
  return vscode.lm.registerTool<object>(agentToolNames[ability], {
    prepareInvocation: () => ({
      invocationMessage: vscode.l10n.t("Asking Idiolect"),
      confirmationMessages: { title: vscode.l10n.t("Idiolect"), message: handedOver(ability) },
    }),
    invoke: async ({ input }, token) => {
      const { kind, text } = await server.send(requests.askAgent, { ability, input }, token);
      // What went wrong is told to the model as an error; the editor hands it the message.
      if (kind === "refusal") throw new Error(text);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
  });
}

/** What the agent, and so its maker, will see. */
function handedOver(ability: AgentAbility): string {
  switch (ability) {
    case "tone":
      return vscode.l10n.t("Give this agent the tone of a text that it sends, as you mean it?");
    case "tags":
      return vscode.l10n.t(
        "Give this agent tags of yours for a text that it sends, and the names of files that have them?",
      );
    case "passages":
      return vscode.l10n.t("Give this agent passages of your own documents, with their titles and paths?");
    case "voice":
      return vscode.l10n.t("Tell this agent how much a text that it sends sounds like you, and where not?");
    default:
      return ability satisfies never;
  }
}
