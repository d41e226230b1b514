import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serverCommands } from "../../src/protocol/commands.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { messages, OpenServer } from "./open-server.ts";

describe("Learning by commands, in an editor that sends no requests of ours", () => {
  let server: OpenServer;

  beforeEach(async () => {
    const unknowing = { runsCommands: undefined, hearsNotifications: undefined };
    server = await OpenServer.open({ initializationOptions: unknowing });
  });
  afterEach(() => server.close());

  const execute = (command: string, ...words: readonly unknown[]) =>
    server.send("workspace/executeCommand", { command, arguments: words });
  const isTold = (pattern: RegExp) => server.hears(messages, ({ message }) => pattern.test(message));

  it("tells by messages that it began, and what was learned.", async () => {
    const blog = writeSmallBlog(join(server.folder, "blog"), 4);
    await execute(serverCommands.learn, { folders: [blog] });
    await isTold(/^Learning blog in the background\.$/);
    await isTold(/^Learned: blog, 4 documents, [\d,]+ words, \d+ tags, English\.$/);
    await execute(serverCommands.resume);
    await isTold(/^There is no interrupted learning to resume\./);
  });

  it("tells why there is nothing to learn.", async () => {
    await execute(serverCommands.learn);
    await isTold(/^It is not clear whose documents to learn from\. Choose a folder of documents\.$/);
    const empty = join(server.folder, "empty");
    mkdirSync(empty);
    await execute(serverCommands.learn, { folders: [empty] });
    await isTold(/^Learning empty failed: /);
    expect(server.told.length).toBeGreaterThan(2);
  });
});
