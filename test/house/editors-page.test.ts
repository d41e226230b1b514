import { expect, test } from "vitest";
import { serverCommands } from "../../src/protocol/commands.ts";
import { requests } from "../../src/protocol/requests.ts";
import { type Setting, settings } from "../../src/protocol/settings.ts";
import { readText } from "./project-files.ts";

const page = readText("docs/editors.md");
const sentences: Readonly<Record<string, string>> = JSON.parse(readText("package.nls.json"));
/** First cells of the tables' rows, without their marks. */
const named = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!);
/** Of the editor alone. */
const withoutServer = ["tone.statusBar", "tone.decorations"];

test("The page has each setting of the server with default, bounds and the sentence of the manifest, and no other.", () => {
  const expected = Object.entries<Setting<unknown>>(settings)
    .filter(([name]) => !withoutServer.includes(name))
    .map(([name, { default: value, bounds, choices }]) => {
      const whole = bounds?.isWhole ? ", whole" : "";
      const words = choices?.map((choice) => `\`${choice}\``).join(", ") ?? "";
      const range = bounds === undefined ? words : `${bounds.minimum} to ${bounds.maximum}${whole}`;
      return `| \`${name}\` | \`${JSON.stringify(value)}\` | ${range} | ${sentences[`setting.${name}`]?.replaceAll("|", "\\|")} |`;
    });
  const rows = page
    .split("\n")
    .filter((line) => /^\| `[a-z]+(\.[a-zA-Z]+)?` \|/i.test(line) && !/idiolect/.test(line.slice(0, 12)));
  expect(rows).toEqual(expected);
});

test("The page has each request and each command of the server, and no other.", () => {
  const methods = Object.values(requests).map(({ method }) => method);
  expect(named.filter((name) => name.startsWith("idiolect/"))).toEqual(methods);
  expect(named.filter((name) => name.startsWith("idiolect."))).toEqual(Object.values(serverCommands));
});
