import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction } from "vscode-languageserver/node";
import { learn } from "../../../src/learner/learn.ts";
import type { FromLearner } from "../../../src/protocol/learner.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { voiceKind } from "../../../src/server/voice/voice-actions.ts";
import { smallJob } from "../../learner/job.ts";
import { madeUpPassage } from "../../voice/made-up-writers.ts";
import { messages, OpenServer } from "../open-server.ts";

const german = Array.from(
  { length: 12 },
  () => "Das Essen war schrecklich und der Kellner unverschämt.",
).join(" ");
const text = `${madeUpPassage("dashes", 500)}\n\n${german}\n\n${madeUpPassage("doubts", 501)}\n`;

describe("A voice in the editor", { timeout: 120_000 }, () => {
  let server: OpenServer;
  let uri: string;
  const told: FromLearner[] = [];

  beforeAll(async () => {
    server = await OpenServer.open({
      settings: { voice: { enabled: true } },
      initializationOptions: { runsCommands: undefined },
    });
    const blog = join(server.folder, "blog");
    mkdirSync(blog);
    for (let post = 0; post < 8; post++) {
      const posted = [0, 1, 2].map((at) => madeUpPassage("dashes", 3 * post + at)).join("\n\n");
      writeFileSync(join(blog, `2020-01-1${post}-post.md`), `${posted}\n`);
    }
    const { storePath, modelPath } = server;
    const job = smallJob(
      { folders: [blog], storePath, modelPath, cachePath: join(server.folder, "cache") },
      { epochs: 1, maximumPassages: 8, voice: true },
    );
    await learn(job, {
      emit: (message) => void told.push(message),
      clock: Date.now,
      onPace: () => undefined,
    });
    uri = await server.openDocument(join(blog, "draft.md"), text);
  }, 240_000);
  afterAll(() => server.close());

  it("is named as a stage of learning.", () => {
    const stages = told.flatMap((message) => (message.kind === "progress" ? [message.stage] : []));
    expect(stages).toContain("voice");
  });

  it("tells the writer's paragraph from another's, and leaves out what is not English.", async () => {
    const reading = await server.request(requests.readVoice, { uri });
    if (reading.kind !== "read") throw new Error(reading.reason);
    const [own, other, more] = reading.paragraphs;
    expect(more).toBeUndefined();
    expect(own!.lower).toBeGreaterThan(other!.lower!);
    expect(own!.range.start.line).toBe(0);
    expect(other!.range.start.line).toBe(4);
    expect(other!.turns[0]!.range.start.line).toBe(4);
    expect(own!.near.length).toBeGreaterThan(0);
    for (const { path } of own!.near) expect(path).toContain("/blog/2020-01-");
  });

  it("is of a range alone where one is given.", async () => {
    const range = { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } };
    const reading = await server.request(requests.readVoice, { uri, range });
    expect(reading).toMatchObject({ kind: "read", paragraphs: [{ range: { start: { line: 4 } } }] });
  });

  it("is a code action in other editors, which tells the paragraphs in a message.", async () => {
    const range = { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } };
    const parameters = { textDocument: { uri }, range, context: { diagnostics: [], only: [voiceKind] } };
    const [action, other] = (await server.send("textDocument/codeAction", parameters)) as CodeAction[];
    expect(other).toBeUndefined();
    expect(action!.title).toBe("Does this selection sound like me?");
    const { command, arguments: words } = action!.command!;
    await server.send("workspace/executeCommand", { command, arguments: words });
    const { message } = await server.hears(messages);
    expect(message).toMatch(/^Line 5: .*sounds? .*like you.*\. Least like you: ‘.+’\.$/);
  });

  it("is silent where it is switched off.", async () => {
    await server.setSettings({ voice: { enabled: false } });
    const start = { line: 0, character: 0 };
    const parameters = {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics: [], only: [voiceKind] },
    };
    expect(await server.send("textDocument/codeAction", parameters)).toEqual([]);
    expect(await server.request(requests.readVoice, { uri })).toMatchObject({
      kind: "closed",
      reason: expect.stringContaining("switched off"),
    });
  });
});
