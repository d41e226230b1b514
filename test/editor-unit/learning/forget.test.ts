import { beforeEach, expect, test } from "vitest";
import { forget } from "../../../src/editor/learning/forget.ts";
import { requests } from "../../../src/protocol/requests.ts";
import type { Erased } from "../../../src/protocol/writer-report.ts";
import { stage } from "../vscode/stage.ts";

const erased: Erased = { erased: [], verified: true };
let writers: readonly string[];
/** What the server was asked to forget. */
let asked: unknown[];

const server = {
  send: async ({ method }: { readonly method: string }, parameters: unknown) => {
    if (method === requests.report.method) {
      return writers.map((name) => ({ writer: { name, documents: 1 } }));
    }
    asked.push(parameters);
    return erased;
  },
};
const run = () =>
  forget({ server, log: { info: () => undefined } } as unknown as Parameters<typeof forget>[0]);

beforeEach(() => {
  stage.clear();
  asked = [];
  stage.answerMessage = (_, buttons) => buttons.find((button) => button === "Forget");
});

test("With the only writer goes all that is kept, and the question says so.", async () => {
  writers = ["Ada"];
  await run();
  expect(stage.messages[0]).toBe("Forget Ada, and everything else that Idiolect keeps?");
  expect(asked).toEqual([{}]);
});

test("Of several writers one goes, or everybody.", async () => {
  writers = ["Ada", "Bob"];
  stage.answerPick = () => "Bob";
  await run();
  stage.answerPick = (labels) => labels.find((label) => label.includes("Everybody"));
  await run();
  expect(asked).toEqual([{ writer: "Bob" }, {}]);
});

test("Nothing is erased where nobody is known, or the question is left.", async () => {
  writers = [];
  await run();
  writers = ["Ada"];
  stage.answerMessage = () => undefined;
  await run();
  expect(asked).toEqual([]);
});
