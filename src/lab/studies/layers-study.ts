import type { SoftPromptAdaptation } from "./adaptation.ts";
import type { Study, StudyPart } from "./study.ts";

const promptLengths = [4, 8, 16, 32] as const;

const places = { single: "input", multi: "layers" } as const;
type Kind = keyof typeof places;

const nameOf = (kind: Kind, length: number): string => `${kind}-layer, p = ${length}`;

function promptsOf(kind: Kind, lengths: readonly number[]): readonly [string, SoftPromptAdaptation][] {
  const place = places[kind];
  return lengths.map((length) => [nameOf(kind, length), { kind: "prompts", place, length }]);
}

function part(task: StudyPart["task"], lengths: readonly number[]): StudyPart {
  const line = (kind: Kind) => lengths.map((length) => [length, nameOf(kind, length)] as const);
  return {
    task,
    conditions: {
      general: { kind: "general" },
      ...Object.fromEntries([...promptsOf("single", lengths), ...promptsOf("multi", lengths)]),
    },
    reference: "general",
    contrasts: lengths.flatMap((length) => [
      [nameOf("multi", length), nameOf("single", length)] as const,
      [nameOf("multi", length), `${nameOf("multi", length)}, prompt zeroed`] as const,
      [nameOf("multi", length), `${nameOf("multi", length)}, another writer's prompt`] as const,
    ]),
    plot: { kind: "lines", by: "prompt length p", lines: { single: line("single"), multi: line("multi") } },
  };
}

/** Prompts in one layer against prompts in every layer, over their length. */
export function layersStudy(isQuick: boolean): Study {
  const lengths = isQuick ? promptLengths.slice(0, 2) : promptLengths;
  return {
    name: "layers",
    title: "Prompts in one layer or in every layer",
    question:
      "Does a writer's prompt work better as vectors before the text (single-layer) or in the keys and values of " +
      "every layer (multi-layer), and how many vectors does it need?",
    parts: [part("sentiment", lengths), part("words", lengths)],
  };
}
