import { describe, expect, it } from "vitest";
import { asksToBeLeftOut } from "../../../src/corpus/files/survey.ts";
import { readFrontMatter } from "../../../src/front-matter/front-matter.ts";

const asks = (front: string) => asksToBeLeftOut(readFrontMatter(`${front}\nText.\n`)?.fields ?? new Map());

describe("A document", () => {
  it.each([
    "idiolect: false",
    "Idiolect: 'No'",
    "idiolect: OFF # private",
    "idiolect: 0",
    "idiolect: flase",
    "idiolect: [false]",
    "tags: [a\nidiolect: false",
  ])("asks to be left out by %j.", (field) => {
    expect(asks(`---\n${field}\n---\n`)).toBe(true);
  });

  it("asks so in TOML as well.", () => {
    expect(asks("+++\nidiolect = false\n+++\n")).toBe(true);
  });

  it.each(["title: x", "idiolect: true", "idiolect: Yes", "idiolect: on", "idiolect: 1", "idiolect:"])(
    "does not by %j.",
    (field) => {
      expect(asks(`---\n${field}\n---\n`)).toBe(false);
    },
  );
});
