import { parseSync } from "@swc/core";
import { z } from "zod";
import { readText, sourceFiles } from "./project-files.ts";

const text = z.looseObject({ type: z.literal("StringLiteral"), value: z.string() });
const template = z.looseObject({
  type: z.literal("TemplateLiteral"),
  quasis: z.array(z.looseObject({ raw: z.string() })),
});
const call = z.looseObject({
  type: z.literal("CallExpression"),
  callee: z.looseObject({ type: z.string() }),
  arguments: z.array(z.looseObject({ expression: z.unknown() })),
});
/** `english: …` is what an error says where it is logged. */
const property = z.looseObject({
  type: z.literal("KeyValueProperty"),
  key: z.looseObject({ value: z.unknown() }),
});

/** Words of a sentence with a blank between them. */
const words = /\p{L}{2,} \p{L}{2,}/u;
/** Words beside a value that is put in. */
const besideValue = /^ ?\p{L}{3,} |\p{L} \p{L}{2,}| \p{L}{3,}[.:]? ?$/u;

/** Every text with words in the code of these paths that no call puts into the reader's language. */
export function unspokenWords(where: RegExp): readonly { readonly path: string; readonly text: string }[] {
  return sourceFiles
    .filter((path) => where.test(path))
    .flatMap((path) => {
      const tree = parseSync(readText(path), { syntax: "typescript", target: "es2022" });
      return textsIn(tree).map((found) => ({ path, text: found }));
    });
}

function textsIn(tree: unknown): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap(textsIn);
  if (typeof tree !== "object" || tree === null) return [];
  const type = "type" in tree && typeof tree.type === "string" ? tree.type : "";
  if (type === "ImportDeclaration" || type.startsWith("Ts")) return [];
  if (property.safeParse(tree).data?.key.value === "english") return [];
  const called = call.safeParse(tree).data;
  if (called !== undefined && isLogged(called)) return [];
  const inside = called !== undefined && isSpoken(called) ? called.arguments.filter(isNoText) : tree;
  return [...ownText(tree), ...Object.values(inside).flatMap(textsIn)];
}

const isNoText = ({ expression }: { readonly expression?: unknown }): boolean =>
  !text.safeParse(expression).success;

function ownText(tree: object): readonly string[] {
  const plain = text.safeParse(tree).data?.value;
  if (plain !== undefined) return words.test(plain) ? [plain] : [];
  const parts = template.safeParse(tree).data?.quasis.map(({ raw }) => raw) ?? [];
  return parts.some((part) => besideValue.test(part)) ? [parts.join("…")] : [];
}

const isSpoken = ({ callee }: z.infer<typeof call>): boolean =>
  ["t", "plural", "said", "saidCount"].includes(lastName(callee));

/** The log is in English, for those who look into reports of problems. */
const isLogged = ({ callee }: z.infer<typeof call>): boolean =>
  ["error", "warn", "info", "debug", "trace"].includes(lastName(callee)) &&
  /log|console/i.test(JSON.stringify(callee["object"] ?? ""));

function lastName(callee: Readonly<Record<string, unknown>>): string {
  const named = callee["type"] === "MemberExpression" ? callee["property"] : callee;
  return z.looseObject({ value: z.string() }).safeParse(named).data?.value ?? "";
}
