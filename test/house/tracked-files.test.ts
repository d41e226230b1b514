import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const largestBytes = 1024 * 1024;

/** Written so that this file does not match itself. */
const forbidden: Readonly<Record<string, RegExp>> = {
  "a path of some machine": /(?<![\w.])\/(?:wor[k]|far[m]|tm[p])\/\w/,
  "a host of a package registry":
    /registr[y][.]\w+[.](?:org|com)|pyp[i][.]org|pythonhoste[d]|crate[s][.]io|mave[n][.]org|yarnpk[g]/,
};

/** Files that are tracked or about to be. */
function files(): readonly string[] {
  const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(listed.stderr).toBe("");
  return [...new Set(listed.stdout.split("\0"))].filter(
    (path) => path !== "" && existsSync(join(root, path)),
  );
}

test.each(Object.entries(forbidden))("No text file names %s.", (_, pattern) => {
  const found = files().flatMap((path) => {
    const content = readFileSync(join(root, path));
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
  const large = files().filter((path) => statSync(join(root, path)).size > largestBytes);
  expect(large.filter((path) => !path.startsWith("models/"))).toEqual([]);
});
