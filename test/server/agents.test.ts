import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import { requests } from "../../src/protocol/requests.ts";
import { defaultSettings } from "../../src/server/settings.ts";
import { smallJob } from "../learner/job.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { OpenServer } from "./open-server.ts";

const off = { tone: false, tags: false, passages: false, voice: false };

describe("Questions of agents", () => {
  let server: OpenServer;

  beforeAll(async () => {
    server = await OpenServer.open();
    const { folder, storePath, modelPath } = server;
    const blog = writeSmallBlog(join(folder, "blog"));
    const paths = { folders: [blog], storePath, modelPath, cachePath: join(folder, "cache") };
    const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
    await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  });
  afterAll(() => server.close());

  const ask = (ability: keyof typeof off, input: unknown) =>
    server.request(requests.askAgent, { ability, input });

  it("are refused in words while their setting is off, whatever the others are", async () => {
    await server.setSettings({ agents: { ...off, tone: true, tags: true } });
    const refused = await ask("passages", { topic: "the river" });
    expect(refused).toEqual({ kind: "refusal", text: expect.stringContaining("idiolect.agents.passages") });
    expect(JSON.stringify(refused)).not.toContain("water");
  });

  it("are answered once it is on, and refused again once it is off", async () => {
    await server.setSettings({ agents: { ...off, passages: true } });
    const { kind, text } = await ask("passages", { topic: "the river", limit: 1 });
    expect(kind).toBe("answer");
    expect(JSON.parse(text)).toMatchObject({ writer: "Anna", passages: [{ text: expect.any(String) }] });

    await server.setSettings({ agents: off });
    expect(await ask("passages", { topic: "the river" })).toMatchObject({ kind: "refusal" });
  });

  it("of the voice are refused while no voice is learned, and say what switches it on", async () => {
    const text = "The water was cold. ".repeat(20);
    await server.setSettings({ agents: { ...off, voice: true }, voice: { enabled: false } });
    expect(await ask("voice", { text })).toEqual({
      kind: "refusal",
      text: expect.stringContaining("idiolect.voice.enabled"),
    });
    await server.setSettings({ agents: { ...off, voice: true }, voice: { enabled: true } });
    expect(await ask("voice", { text })).toEqual({
      kind: "refusal",
      text: expect.stringContaining("was not learned"),
    });
  });

  it("get tags of the closed list and no others, where the writer has one", async () => {
    const tags = { ...defaultSettings.tags, closedList: ["Weather", "never-used"] };
    await server.setSettings({ agents: { ...off, tags: true }, tags });
    const { text } = await ask("tags", { text: "A walk in the rain.", limit: 20 });
    const found = (JSON.parse(text) as { tags: readonly { tag: string }[] }).tags.map(({ tag }) => tag);
    expect(found.toSorted()).toEqual(["Weather", "never-used"]);
  });

  it("that are not what a tool takes are refused in words", async () => {
    await server.setSettings({ agents: { ...off, tags: true } });
    expect(await ask("tags", { text: "A walk.", limit: 1_000_000 })).toMatchObject({ kind: "refusal" });
    expect(await ask("tags", null)).toMatchObject({ kind: "refusal" });
    expect(await ask("tags", { text: "```\ncode\n```" })).toEqual({
      kind: "refusal",
      text: expect.stringMatching(/^There are no sentences in the text.* Send prose\.$/),
    });
    expect(await ask("tags", { text: "\0\u0001 a walk" })).toEqual({
      kind: "refusal",
      text: expect.stringMatching(/signs that no text has\. Send /),
    });
    expect(await ask("tags", { text: "A walk.", limit: 2 })).toMatchObject({ kind: "answer" });
  });
});
