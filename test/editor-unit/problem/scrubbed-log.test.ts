import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loggedPhrases, scrubbedLog } from "../../../src/editor/problem/scrubbed-log.ts";

const root = join(import.meta.dirname, "../../..");
const at = (level: string, message: string) => `2026-11-30 18:31:03.123 [${level}] ${message}`;

/** All that a line of the report may be. */
const allowed = new RegExp(
  `^(    at [a-z-]+\\.c?js:\\d+:\\d+|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\[(info|warning|error)\\] (${loggedPhrases.join("|")})(: [\\w:., -]+)?)$`,
);

describe("A log with text of the writer in it", () => {
  const log = [
    at("info", "zzsentence of the mussels: They were disgraceful. I ate the lot."),
    at("trace", '[Trace - 18:31] Sending notification "textDocument/didChange".'),
    'Params: { "text": "zztext of a whole document" }',
    at("warning", "A command failed (TagNotRenamedError): 'zztag' cannot be the name of a tag."),
    at("warning", "Learning did not go on: Error: /home/zzname/zzfolder is not there"),
    at("error", "The reader could not start. Error: spawn ENOENT zzpath"),
    "    at ChildProcess.zzfunction (/home/zzname/.vscode/idiolect/dist/extension.cjs:12:345)",
    "    at Object.zzthing (/home/zzname/notes/zzscript.js:1:2)",
    at("error", "Unexpected TypeError    at zzread (/x/dist/server.js:7:8)"),
    at("info", "Erased: sentences, 1.5 MB, /home/zzname/.local/share/idiolect"),
    "A zzline that somebody's text has broken off",
    at("info", "EACCES and EVERYTHING else that zzshouts"),
  ].join("\n");

  test("leaves the text out, with paths and names, and keeps what went wrong and where.", () => {
    const { lines, leftOut } = scrubbedLog(log);
    expect(lines.join("\n")).not.toMatch(/zz|disgraceful|home|EVERYTHING/);
    expect(lines).toEqual([
      at("warning", "A command failed: TagNotRenamedError"),
      at("warning", "Learning did not go on: Error"),
      at("error", "The reader could not start: Error, ENOENT"),
      "    at extension.cjs:12:345",
      at("error", "Unexpected: TypeError, server.js:7:8"),
      at("info", "Erased"),
    ]);
    expect(leftOut).toBe(6);
  });

  test("leaves out whatever text it is, also such as looks like a log.", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc
        .tuple(
          fc.constantFrom("info", "warning", "error", "trace"),
          fc.constantFrom("", ...loggedPhrases),
          fc.string({ unit: "binary" }),
        )
        .map(([level, phrase, rest]) => at(level, `${phrase}: ${rest}`)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (lines) => {
        const kept = scrubbedLog(lines.join("\n")).lines;
        expect(kept.filter((line) => !allowed.test(line))).toEqual([]);
      }),
    );
  });

  test("is cut to its last lines.", () => {
    const many = Array.from({ length: 500 }, () => at("info", "Erased")).join("\n");
    expect(scrubbedLog(many)).toMatchObject({ lines: { length: 200 }, leftOut: 0 });
  });
});

test("The phrases are those with which the code begins what it logs, and no others.", () => {
  const sources = globSync("src/{editor,server}/**/*.ts", { cwd: root });
  const call = /(?:[lL]og|console)\.(?:info|warn|error)\(\s*["`]([^"`$]*)/g;
  const logged = sources.flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(call)].map(([, beginning = ""]) => beginning),
  );
  expect(logged.length).toBeGreaterThan(5);
  const isKnown = (beginning: string) => loggedPhrases.some((phrase) => beginning.startsWith(phrase));
  expect(logged.filter((beginning) => !isKnown(beginning))).toEqual([]);
  const isUsed = (phrase: string) => logged.some((beginning) => beginning.startsWith(phrase));
  expect(loggedPhrases.filter((phrase) => !isUsed(phrase))).toEqual([]);
});
