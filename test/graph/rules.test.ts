import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OperatorClashError, UnknownOperatorError } from "../../src/graph/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { OperatorRule } from "../../src/graph/operator.ts";
import { ruleFor, rules, rulesByOperator } from "../../src/graph/rules.ts";

const operators = new URL("../../src/graph/operators/", import.meta.url);

/** The rules that a kind's file exports as its list. */
async function rulesIn(file: string): Promise<readonly OperatorRule[]> {
  const exported: readonly unknown[] = Object.values(await import(new URL(file, operators).href));
  return exported.filter(Array.isArray).flat();
}

describe("the list of rules", () => {
  it("has the rules of every kind, and no other", async () => {
    const kinds = await Promise.all(readdirSync(operators).map(rulesIn));
    expect(kinds.every((kind) => kind.length > 0)).toBe(true);
    expect(new Set(rules.values())).toEqual(new Set(kinds.flat()));
  });

  it("refuses two rules for one operator", () => {
    const [add, sub] = [ruleFor("Add"), ruleFor("Sub")];
    expect([...rulesByOperator([add, sub]).keys()]).toEqual(["Add", "Sub"]);
    expect(() => rulesByOperator([add, sub, { ...sub, operator: "Add" }])).toThrow(OperatorClashError);
  });

  it.each(readdirSync(operators))("has a test of each rule of %s", async (file) => {
    const test = new URL(`operators/${file.replace(".ts", ".test.ts")}`, import.meta.url);
    const tests = readFileSync(test, "utf8");
    const untested = (await rulesIn(file)).filter(({ operator }) => !tests.includes(`"${operator}"`));
    expect(untested.map(({ operator }) => operator)).toEqual([]);
  });

  it("says what to do about an operator that it does not have", () => {
    expect(() => ruleFor("Einsum")).toThrow(UnknownOperatorError);
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    expect(() => graph.node("Einsum", [x])).toThrow("No rule for the operator Einsum.");
  });
});
