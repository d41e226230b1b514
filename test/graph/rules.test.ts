import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UnknownOperatorError } from "../../src/graph/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { ruleFor, rules } from "../../src/graph/rules.ts";

const namesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();

const files = namesIn("../../src/graph/rules/", ".ts");

/** ScatterElements is scatter-elements, MatMul is mat-mul. */
const fileOf = (operator: string): string =>
  operator
    .replace("ND", "Nd")
    .replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();

describe("the list of rules", () => {
  it("has the rule of every file, and no other", () => {
    expect(rules.map(({ operator }) => fileOf(operator)).sort()).toEqual(files);
  });

  it("has each operator once, in order of the alphabet", () => {
    const listed = rules.map(({ operator }) => fileOf(operator));
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toEqual(listed.toSorted());
  });

  it("has a test file for every rule", () => {
    expect(namesIn("./rules/", ".test.ts")).toEqual(files);
  });

  it("says what to do about an operator that it does not have", () => {
    expect(() => ruleFor("Einsum")).toThrow(UnknownOperatorError);
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    expect(() => graph.node("Einsum", [x])).toThrow("No rule for the operator Einsum.");
  });
});
