import { type CallToolResult, McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import type { AgentAbility, AgentReply } from "../protocol/agent-abilities.ts";
import { packageVersion } from "../session/package-root.ts";
import { type AgentTool, agentTools } from "./agent-tools.ts";

export type Answer = (ability: AgentAbility, input: unknown) => Promise<AgentReply>;

/**
 * A Model Context Protocol server with a tool for each thing that the writer allows, and no others. It only answers,
 * over standard input and output, and reaches no network. Ends when standard input does.
 */
export async function serveMcp(allowed: readonly AgentAbility[], answer: Answer): Promise<void> {
  const server = new McpServer(
    { name: "idiolect", version: packageVersion() },
    {
      capabilities: { tools: {} },
      instructions:
        "Reads text as one writer means it, by what was learned on this machine from the writer's own documents.",
    },
  );
  for (const ability of allowed) {
    const { name, title, description, shape }: AgentTool = agentTools[ability];
    const annotations = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema: shape, annotations }, async (input) =>
      resultOf(await answer(ability, input)),
    );
  }
  const ended = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once("end", () => void server.close());
  });
  await server.connect(new StdioServerTransport());
  await ended;
}

const resultOf = ({ kind, text }: AgentReply): CallToolResult => ({
  ...(kind === "refusal" ? { isError: true } : {}),
  content: [{ type: "text", text }],
});
