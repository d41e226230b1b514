import { expect, test } from "vitest";
import { parseClosedList } from "../../src/corpus/closed-list.ts";

test("A list of tags has one on each line, plain, with a hash, or as items of YAML.", () => {
  const text = "\uFEFF# my tags\r\nboats\r\n\r\n#tides\n---\n- free software\n- 'C#'\nBoats\n";
  expect(parseClosedList(text)).toEqual(["boats", "tides", "free software", "C#"]);
});
