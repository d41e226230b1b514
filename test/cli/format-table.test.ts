import { expect, test } from "vitest";
import { formatTable } from "../../src/cli/format-table.ts";

test("Columns are as wide as they must be; numbers stand to the right.", () => {
  const table = formatTable([
    ["", "loss", "name"],
    ["own", "4.2", "a"],
    ["shared", "14.25", "bc"],
  ]);
  expect(table).toBe("           loss  name\n  own       4.2  a\n  shared  14.25  bc");
});
