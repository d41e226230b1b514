import { dirname, join } from "node:path";
import { parseSync } from "@swc/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { readText, sourceFiles } from "./project-files.ts";
import { unspokenWords } from "./unspoken-words.ts";

const named = z.looseObject({ value: z.string() });
const declaration = z.looseObject({
  type: z.literal("ClassDeclaration"),
  identifier: named,
  superClass: named,
});
const imported = z.looseObject({
  type: z.literal("ImportDeclaration"),
  source: named,
  specifiers: z.array(z.looseObject({ local: named })),
});

/** The classes of src that extend another, as `path#name`, each with the one that it extends. */
function extendingClasses(): ReadonlyMap<string, string> {
  return new Map(sourceFiles.flatMap((path) => classesIn(path)));
}

function classesIn(path: string): readonly (readonly [string, string])[] {
  const { body } = parseSync(readText(path), { syntax: "typescript", target: "es2022" });
  const imports = body.flatMap((node) => {
    const { source, specifiers } = imported.safeParse(node).data ?? { specifiers: [] };
    const from = source === undefined ? "" : join(dirname(path), source.value);
    return specifiers.map(({ local }) => [local.value, `${from}#${local.value}`] as const);
  });
  const classes = body.flatMap((node) => {
    const inside = node.type === "ExportDeclaration" ? node.declaration : node;
    return declaration.safeParse(inside).data ?? [];
  });
  const own = classes.map(({ identifier: { value } }) => [value, `${path}#${value}`] as const);
  const known = new Map([...imports, ...own]);
  return classes.map(({ identifier, superClass }) => {
    const above = known.get(superClass.value) ?? superClass.value;
    return [`${path}#${identifier.value}`, above] as const;
  });
}

const classes = extendingClasses();

/** What a class extends, and so on, to the top. */
function above(name: string): readonly string[] {
  const next = classes.get(name);
  return next === undefined ? [] : [next, ...above(next)];
}

const top = "src/said/said-error.ts#SaidError";
const errors = [...classes.keys()].filter((name) => /^(?:\w*Error)$/.test(above(name).at(-1) ?? ""));

/** Errors that no editor shows, or that say by other means what it shows. */
const untold: readonly { readonly name: RegExp; readonly why: string }[] = [
  { name: /^src\/(?:cli|agents|lab)\//, why: "the terminal and agents are spoken to in English" },
  { name: /^src\/editor\//, why: "it is made of words in the editor's language" },
  { name: /^src\/said\/said-error\.ts#SaidError$/, why: "it is what the others are made of" },
  {
    name: /^src\/graph\/.*#(?:Shape|UnknownOperator|OperatorClash|NotDifferentiable|InvalidFeed)Error$/,
    why: "whoever builds a graph makes these mistakes; nothing that is read leads to them",
  },
  { name: /^src\/learning\/errors\.ts#/, why: "whoever calls the trainer makes these mistakes" },
  { name: /#MixedWritersError$/, why: "whoever puts a run together makes this mistake" },
  { name: /#JsonLimitError$/, why: "another error quotes it" },
  { name: /#LearningFailedError$/, why: "it passes on what an error of the learner tells" },
  { name: /#LearningStopped$/, why: "it is no failure" },
];

test("Each error that an editor may show is made of sentences that can be said in other languages.", () => {
  expect(errors.length).toBeGreaterThan(60);
  const english = errors.filter(
    (name) => !above(name).includes(top) && !untold.some((one) => one.name.test(name)),
  );
  expect(english, "extend SaidError").toEqual([]);
});

test("Each exception is needed.", () => {
  const needed = errors.filter((name) => !above(name).includes(top));
  expect(untold.filter(({ name }) => !needed.some((one) => name.test(one)))).toEqual([]);
});

/** Where failures, refusals and remarks are put into words. */
const toldIn =
  /^src\/(?:session|learner\/corpus|learner\/tone|corpus\/tag-changes|front-matter\/tags\/edit)\/|^src\/(?:corpus|learner|store|store\/exchange|profile|plm)\/errors\.ts$/;

test("No failure, refusal or remark of the core goes past the translations.", () => {
  expect(unspokenWords(toldIn)).toEqual([]);
});

/** A built-in error is told as something unexpected, in its own English words. */
const unexpectedIn: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /^src\/(?:cli|agents|lab)\//, why: "the terminal and agents are spoken to in English" },
  { path: /^src\/(?:learning|numbers|tags|tone)\//, why: "only a mistake of ours leads there" },
  { path: /^src\/corpus\/live\//, why: "only a mistake of ours leads there" },
  { path: /^src\/store\/repositories\//, why: "only a mistake of ours leads there" },
  { path: /^src\/front-matter\//, why: "it is caught, and what it stopped is taken for broken" },
  { path: /^src\/voice\//, why: "it is caught, and the voice is taken for damaged" },
];

test("Only what nobody foresees is thrown as an error of the language itself.", () => {
  const thrown = sourceFiles.filter((path) =>
    /new (?:Error|RangeError|TypeError|SyntaxError)\(\s*["`][^"`]*[a-z] [a-z]/.test(readText(path)),
  );
  expect(thrown.filter((path) => !unexpectedIn.some((one) => one.path.test(path)))).toEqual([]);
  expect(unexpectedIn.filter(({ path }) => !thrown.some((one) => path.test(one)))).toEqual([]);
});
