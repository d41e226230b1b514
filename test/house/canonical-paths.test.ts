import { expect, test } from "vitest";
import { readText, sourceFiles } from "./project-files.ts";

const door = "src/corpus/files/canonical-path.ts";

/** Addresses become paths there alone, so that a path has one spelling wherever it came from. */
test("One file turns addresses of files into paths.", () => {
  const found = sourceFiles.filter((path) => /\bfileURLToPath\b/.test(readText(path)));
  expect(found).toEqual([door]);
});

/** Folders and files as somebody names them; where programs, the store and lists of tags lie is compared with nothing. */
test("No command and no feature makes a path absolute by itself.", () => {
  const own = [
    "src/cli/common-options.ts",
    "src/server/tags/closed-lists.ts",
    "src/session/places.ts",
    "src/session/writer-name.ts",
  ];
  const among = sourceFiles.filter((path) =>
    /^src\/(cli|server|learner|session|agents|readings|profile)\//.test(path),
  );
  const found = among.filter((path) =>
    /import \{[^}]*\bresolve\b[^}]*\} from "node:path"/.test(readText(path)),
  );
  expect(found.toSorted()).toEqual(own);
});
