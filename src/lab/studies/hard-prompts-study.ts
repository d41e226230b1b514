import { type HardOrder, hardOrders } from "../hard-prompts/hard-prompts.ts";
import type { Adaptation, SoftPromptAdaptation } from "./adaptation.ts";
import type { Study, StudyPart } from "./study.ts";

const soft: SoftPromptAdaptation = { kind: "prompts", place: "layers", length: 8 };
const softOrders: readonly HardOrder[] = ["none", "similarity"];

const softName = (order: HardOrder): string => (order === "none" ? "soft alone" : `soft + ${order}`);

function part(task: StudyPart["task"], tokens: number): StudyPart {
  const conditions: Record<string, Adaptation> = {};
  for (const order of hardOrders) conditions[order] = { kind: "hard", order, tokens };
  for (const order of softOrders) conditions[softName(order)] = { kind: "hard", order, tokens, soft };
  const orders = hardOrders.filter((order) => order !== "none");
  return {
    task,
    conditions,
    reference: "none",
    contrasts: [
      ...orders.map((order) => [order, `${order}, passages of another writer`] as const),
      [softName("similarity"), softName("none")],
      [softName("similarity"), "similarity"],
    ],
    plot: { kind: "dots" },
  };
}

/** The writer's own passages beside the input, in several orders, with and without soft prompts. */
export function hardPromptsStudy(tokens: number): Study {
  return {
    name: "hard-prompts",
    title: "The writer's own passages as context",
    question:
      "[CLS] input [SEP] passages [SEP]: which of the writer's passages help to read the next text, and do they add " +
      "to a soft prompt?",
    parts: [part("sentiment", tokens), part("words", tokens)],
  };
}
