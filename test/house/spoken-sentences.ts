import { parseSync } from "@swc/core";
import { z } from "zod";
import { readText, sourceFiles } from "./project-files.ts";

const node = z.looseObject({ type: z.string() });
const expression = z.looseObject({ expression: node });

/** A sentence that a source puts into the reader's language, or a call of which nobody can see what it says. */
export interface SpokenSentence {
  readonly path: string;
  /** Undefined: no text stands there. */
  readonly text: string | undefined;
}

/** Where the functions themselves are written, which say what they are given. */
const speakers = ["src/words/translate.ts", "src/editor/messages/t.ts", "src/server/language.ts"];

/** Every first argument of `t` and `l10n.t`, and both forms of `plural`, in the code that has readers. */
export function spokenSentences(): readonly SpokenSentence[] {
  const paths = sourceFiles.filter(
    (path) => /^src\/(words|editor|server|webview)\//.test(path) && !speakers.includes(path),
  );
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

function calledWith(tree: object): readonly (string | undefined)[] {
  const call = z.looseObject({
    type: z.literal("CallExpression"),
    callee: node,
    arguments: z.array(expression),
  });
  const { data } = call.safeParse(tree);
  const name = data && nameOf(data.callee);
  if (data === undefined || (name !== "t" && name !== "plural")) return [];
  const sentences = name === "t" ? [data.arguments[0]] : data.arguments.slice(2, 4);
  return sentences.map((argument) =>
    argument?.expression.type === "StringLiteral" ? String(argument.expression["value"]) : undefined,
  );
}

/** `t` of `t(…)` and of `vscode.l10n.t(…)`. */
function nameOf(callee: z.infer<typeof node>): unknown {
  const named = callee.type === "MemberExpression" ? callee["property"] : callee;
  return z.looseObject({ type: z.literal("Identifier"), value: z.string() }).safeParse(named).data?.value;
}
