/** What an AI agent may be allowed to ask, each by itself; the settings `agents.*` have the same names. */
export const agentAbilities = ["tone", "tags", "passages", "voice"] as const;
export type AgentAbility = (typeof agentAbilities)[number];

/** The name under which agents call each. */
export const agentToolNames = {
  tone: "idiolect_tone",
  tags: "idiolect_tags",
  passages: "idiolect_passages",
  voice: "idiolect_voice",
} as const satisfies Readonly<Record<AgentAbility, string>>;

/** A JSON text of bounded size, or words for a model that say why there is none and what to do. */
export type AgentReply = { readonly kind: "answer" | "refusal"; readonly text: string };
