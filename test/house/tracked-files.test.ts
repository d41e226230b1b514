import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFiles, repository } from "./project-files.ts";

const largestBytes = 1024 * 1024;

/** Written so that this file does not match itself. */
const forbidden: Readonly<Record<string, RegExp>> = {
  "a path of some machine": /(?<![\w.])\/(?:wor[k]|far[m]|tm[p])\/\w/,
  "a host of a package registry":
    /registr[y][.]\w+[.](?:org|com)|pyp[i][.]org|pythonhoste[d]|crate[s][.]io|mave[n][.]org|yarnpk[g]/,
};

test.each(Object.entries(forbidden))("No text file names %s.", (_, pattern) => {
  const found = projectFiles().flatMap((path) => {
    const content = readFileSync(join(repository, path));
    return content.includes(0)
      ? []
      : content
          .toString("utf8")
          .split("\n")
          .flatMap((line, index) =>
            pattern.test(line) ? [`${path}:${index + 1}: ${line.slice(0, 120)}`] : [],
          );
  });
  expect(found).toEqual([]);
});

test("Files over 1 MB lie in models/ only.", () => {
  const large = projectFiles().filter((path) => statSync(join(repository, path)).size > largestBytes);
  expect(large.filter((path) => !path.startsWith("models/"))).toEqual([]);
});
