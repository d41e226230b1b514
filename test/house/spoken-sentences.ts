import { parseSync } from "@swc/core";
import { z } from "zod";
import { readText, sourceFiles } from "./project-files.ts";

/* Made once: a schema takes longer to make than a tree to search. */
const node = z.looseObject({ type: z.string() });
const expression = z.looseObject({ expression: node });
const call = z.looseObject({
  type: z.literal("CallExpression"),
  callee: node,
  arguments: z.array(expression),
});
const identifier = z.looseObject({ type: z.literal("Identifier"), value: z.string() });

/** A sentence that a source puts into the reader's language, or a call of which nobody can see what it says. */
export interface SpokenSentence {
  readonly path: string;
  /** Undefined: no text stands there. */
  readonly text: string | undefined;
}

/** Where the functions themselves are written, which say what they are given. */
const speakers = [
  "src/words/translate.ts",
  "src/words/say.ts",
  "src/editor/messages/t.ts",
  "src/server/language.ts",
  "src/said/said.ts",
];

/** The terminal and agents are spoken to in English, and whoever measures methods, too. */
const spokenInEnglish = /^src\/(cli|agents|lab)\//;

/**
 * Every first argument of `t`, `l10n.t` and `said`, and both forms of `plural` and `saidCount`, in the code that has
 * readers, or makes what they are told.
 */
export function spokenSentences(): readonly SpokenSentence[] {
  const paths = sourceFiles.filter((path) => !spokenInEnglish.test(path) && !speakers.includes(path));
  return paths.flatMap((path) => {
    const source = parseSync(readText(path), { syntax: "typescript", target: "es2022" });
    return sentencesIn(source).map((text) => ({ path, text }));
  });
}

function sentencesIn(tree: unknown): readonly (string | undefined)[] {
  if (Array.isArray(tree)) return tree.flatMap(sentencesIn);
  if (typeof tree !== "object" || tree === null) return [];
  const here = calledWith(tree);
  return [...here, ...Object.values(tree).flatMap(sentencesIn)];
}

/** Which arguments of a call are sentences. */
const sentencesAt = new Map<string, readonly [number, number]>([
  ["t", [0, 1]],
  ["said", [0, 1]],
  ["plural", [2, 4]],
  ["saidCount", [1, 3]],
]);

function calledWith(tree: object): readonly (string | undefined)[] {
  const { data } = call.safeParse(tree);
  const at = data && sentencesAt.get(String(nameOf(data.callee)));
  if (data === undefined || at === undefined) return [];
  const sentences = data.arguments.slice(...at);
  return sentences.map((argument) =>
    argument?.expression.type === "StringLiteral" ? String(argument.expression["value"]) : undefined,
  );
}

/** `t` of `t(…)` and of `vscode.l10n.t(…)`. */
function nameOf(callee: z.infer<typeof node>): unknown {
  const named = callee.type === "MemberExpression" ? callee["property"] : callee;
  return identifier.safeParse(named).data?.value;
}
