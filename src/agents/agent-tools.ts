import { z } from "zod";
import { type AgentAbility, agentToolNames } from "../protocol/agent-abilities.ts";
import { fewestWords } from "../voice/voice-passages.ts";

/** A question that agents can ask, described for a model. */
export interface AgentTool<Shape extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly shape: Shape;
}

/** Longer texts are refused: an agent can send them in parts. */
const longestText = 20_000;

const text = (what: string) =>
  z
    .string()
    .max(longestText)
    .refine((value) => value.trim() !== "", { error: "There is no text in it." })
    .describe(`${what}, as Markdown or plain text, at most ${longestText} characters`);
const writer = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe("Name of the writer; only needed where Idiolect knows several");

/** The questions by what a writer allows; the manifest's languageModelTools say the same (a test compares). */
export const agentTools = {
  tone: {
    name: agentToolNames.tone,
    title: "Read the tone of a text",
    description:
      "Reads the tone of an English text sentence by sentence: in general and, where it was learned, as this writer means it. " +
      "Answers with a label from veryNegative to veryPositive, or null for no clear tone; valence from -1 to 1; confidence, " +
      "the probability of being right; and the words that carry the strongest sentences.",
    shape: z.strictObject({ text: text("The text to read"), writer }),
  },
  tags: {
    name: agentToolNames.tags,
    title: "Suggest tags for a text",
    description:
      "Suggests tags for a text from those that the writer has used before, best first, each with a score from 0 to 1 and reasons. " +
      "Use it in place of inventing tags.",
    shape: z.strictObject({
      text: text("The text to tag"),
      title: z.string().max(500).optional().describe("Its title, if it has one"),
      limit: z.int().min(1).max(20).default(8).describe("How many tags at most"),
      writer,
    }),
  },
  passages: {
    name: agentToolNames.passages,
    title: "Find passages of the writer on a topic",
    description:
      "Finds what the writer has written on a topic: the passages of their own documents nearest in meaning, with the path of each. " +
      "The answer holds the writer's own text.",
    shape: z.strictObject({
      topic: z
        .string()
        .max(500)
        .refine((value) => value.trim() !== "", { error: "There is no topic in it." })
        .describe("A topic or a sentence, at most 500 characters"),
      limit: z.int().min(1).max(10).default(5).describe("How many passages at most"),
      writer,
    }),
  },
  voice: {
    name: agentToolNames.voice,
    title: "Say how much a text sounds like the writer",
    description:
      "Says of each paragraph of an English text how much it sounds like the writer, by what was learned from their own documents. " +
      "Answers with lower, the share of the writer's own paragraphs that score lower, from 0 to 1, or null where there are too few " +
      "words; the same in words for the writer to read; and the turns that are least like the writer. " +
      "It does not tell who wrote a text, nor whether a machine did.",
    shape: z.strictObject({
      text: text(`The text to read, with a paragraph of at least ${fewestWords} words`),
      writer,
    }),
  },
} as const satisfies Readonly<Record<AgentAbility, AgentTool>>;

export type AgentQuestion<Ability extends AgentAbility> = z.infer<(typeof agentTools)[Ability]["shape"]>;

/** What a tool takes, as a JSON schema. */
export function inputSchemaOf(ability: AgentAbility): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(agentTools[ability].shape, { io: "input" });
  return schema;
}
