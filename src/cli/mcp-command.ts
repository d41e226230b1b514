import { type Command, Option } from "commander";
import { answerAgent } from "../agents/agent-answers.ts";
import { presentPlaces } from "../learner/corpus/corpus-look.ts";
import { type AgentAbility, agentAbilities } from "../protocol/agent-abilities.ts";
import { toneStrength } from "../session/tone-strength.ts";
import { parseFile, parsePath, strengthOption } from "./common-options.ts";
import { openSession } from "./open-session.ts";
import type { CommandSurroundings, Surroundings } from "./surroundings.ts";
import { readClosedList } from "./tags/read-closed-list.ts";

interface McpOptions {
  readonly store?: string;
  readonly model?: string;
  readonly allow: readonly AgentAbility[];
  readonly closedList?: string;
  readonly strength?: number;
}

export function addMcpCommand(program: Command, surroundings: CommandSurroundings): void {
  program
    .command("mcp")
    .description(
      "answer AI agents: a Model Context Protocol server over standard input and output, with what you allow and nothing else",
    )
    .addOption(
      new Option("--allow <what...>", "what agents may ask; 'passages' gives them text of yours")
        .choices(agentAbilities)
        .makeOptionMandatory(),
    )
    .option("--closed-list <file>", "suggest only tags that this file lists, one on each line", parseFile)
    .addOption(strengthOption())
    .option("--store <dir>", "where everything learned is kept", parsePath)
    .option("--model <dir>", "directory of a language model", parsePath)
    .action((options: McpOptions) => serve(options, surroundings({})));
}

/** Serves until standard input ends. Store and model are opened at the first question. */
async function serve(options: McpOptions, { warn }: Surroundings): Promise<void> {
  const closedTags = options.closedList === undefined ? undefined : await readClosedList(options.closedList);
  const { serveMcp } = await import("../agents/serve-mcp.ts");
  await using session = openSession(options, { warn });
  await serveMcp([...new Set(options.allow)], async (ability, input) => {
    const { store } = session;
    return answerAgent(ability, input, {
      session: { ...(await session.reading()), store },
      placesOf: (writer) => presentPlaces(store, writer),
      strengthOf: (writer) => toneStrength(session, writer, options.strength),
      closedTags,
      breathe: async () => undefined,
    });
  });
}
