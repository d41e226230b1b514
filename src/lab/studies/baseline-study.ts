import type { Study } from "./study.ts";

const single = "single-layer prompt";
const prompt = { kind: "prompts", place: "input", length: 8 } as const;
const controls = ["prompt zeroed", "another writer's prompt"].map((reading) => `${single}, ${reading}`);

/** Fine-tuning that does not know who wrote against a single-layer soft prompt for each writer. */
export const baselineStudy: Study = {
  name: "baseline",
  title: "Writer-agnostic fine-tuning and a single-layer soft prompt",
  question:
    "A general model reads a writer it has never seen. What do the writer's own texts bring: learned along with all " +
    "others' (writer-agnostic), or in a soft prompt of 8 vectors before the text?",
  parts: [
    {
      task: "sentiment",
      conditions: {
        general: { kind: "general" },
        "writer-agnostic": { kind: "agnostic" },
        majority: { kind: "majority" },
        "writer's bias": { kind: "bias" },
        [single]: prompt,
      },
      reference: "general",
      contrasts: [
        [single, "writer-agnostic"],
        [single, "writer's bias"],
        ...controls.map((control) => [single, control] as const),
      ],
      plot: { kind: "dots" },
    },
    {
      task: "words",
      conditions: {
        general: { kind: "general" },
        "writer-agnostic": { kind: "agnostic" },
        [single]: prompt,
      },
      reference: "general",
      contrasts: [[single, "writer-agnostic"], ...controls.map((control) => [single, control] as const)],
      plot: { kind: "dots" },
    },
  ],
};
