import { answerAgent } from "../agents/agent-answers.ts";
import { agentToolNames } from "../protocol/agent-abilities.ts";
import type { ServerFeature } from "./feature.ts";
import { answerRequest } from "./requests.ts";
import { strengthFor } from "./tone/kept-strength.ts";

/** Answers the questions of AI agents that the writer allows. */
export const agentQuestions: ServerFeature = {
  register(context, { closedLists }) {
    const { host, news, settings } = context;
    const placesOf = async () => (path: string) => news.placeOf(path);
    answerRequest(context, "askAgent", ({ ability, input }, token) => {
      if (!settings().agents[ability]) {
        return {
          kind: "refusal",
          text:
            `${agentToolNames[ability]} is switched off. Tell the user that the setting 'idiolect.agents.${ability}' ` +
            "switches it on, and do not ask again before.",
        };
      }
      if (ability === "voice" && !settings().voice.enabled) {
        return {
          kind: "refusal",
          text:
            "No voice is learned. Tell the user that the setting 'idiolect.voice.enabled' switches it on, that their documents " +
            "have to be learned again afterwards, and do not ask again before.",
        };
      }
      return host.read("command", token, (session, breathe) =>
        answerAgent(ability, input, {
          session,
          placesOf,
          strengthOf: (writer) => strengthFor(context, session, writer),
          breathe,
          closedTags: closedLists.ofWorkspace(),
        }),
      );
    });
  },
};
