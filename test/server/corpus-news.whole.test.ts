import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, it } from "vitest";
import type { LearningStatus, SinceLearned } from "../../src/protocol/learning-status.ts";
import { type NotificationName, notifications, requests } from "../../src/protocol/requests.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { OpenServer } from "./open-server.ts";

const post = "She made a boat, and I was at the river for 9 hours.\n";
const watching = {
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
};

const registration: NotificationName<{ readonly registrations: readonly object[] }> = {
  method: "client/registerCapability",
};

let server: OpenServer;
afterEach(() => server.close());

async function learnedBlog(capabilities: object = {}): Promise<string> {
  server = await OpenServer.open({ client: { capabilities } });
  const blog = writeSmallBlog(join(server.folder, "blog"), 4);
  await server.request(requests.learn, { folders: [blog] });
  await hearsOf({ added: 0, changed: 0, gone: 0, lessons: 0 });
  return blog;
}

/** Waits until the status says that so much is new. */
const hearsOf = (since: SinceLearned) =>
  server.hears(notifications.status, (status: LearningStatus) => {
    const told = status.kind === "idle" ? status.writers[0]?.since : undefined;
    return JSON.stringify(told) === JSON.stringify(since);
  });

it("The editor is asked to watch the learned folders, and what comes, changes and goes in them is told.", async () => {
  const blog = await learnedBlog(watching);
  const asked = await server.hears(registration);
  expect(asked.registrations).toMatchObject([
    {
      method: "workspace/didChangeWatchedFiles",
      registerOptions: {
        watchers: [
          {
            globPattern: { baseUri: pathToFileURL(blog).href, pattern: expect.stringContaining("[mM][dD]") },
          },
        ],
      },
    },
  ]);
  writeFileSync(join(blog, "new.md"), post);
  writeFileSync(join(blog, "02-river.md"), post);
  rmSync(join(blog, "03-boat.md"));
  await server.notify("workspace/didChangeWatchedFiles", { changes: [] });
  await hearsOf({ added: 1, changed: 1, gone: 1, lessons: 0 });
});

it("Where the editor watches nothing, what is saved is told all the same.", async () => {
  const blog = await learnedBlog();
  const uri = await server.openDocument(join(blog, "new.md"), post);
  writeFileSync(join(blog, "new.md"), post);
  await server.notify("textDocument/didSave", { textDocument: { uri } });
  await hearsOf({ added: 1, changed: 0, gone: 0, lessons: 0 });
});

it("What came while no server ran is told when the next one starts, and reasons name files where they lie now.", async () => {
  const blog = await learnedBlog();
  const former = server;
  server = await OpenServer.open({ storePath: former.storePath, modelPath: former.modelPath });
  try {
    rmSync(join(blog, "03-boat.md"));
    renameSync(join(blog, "01-bridge.md"), join(blog, "01-crossing.md"));
    await server.request(requests.status, {});
    await hearsOf({ added: 0, changed: 0, gone: 1, lessons: 0 });
    const text = "I was at the bridge, at the river and at the boat, and it was a good day.\n";
    const uri = await server.openDocument(join(blog, "draft.md"), text);
    const suggested = await server.request(requests.suggestTags, { uri, limit: 10 });
    const reasons = JSON.stringify(suggested);
    expect(reasons).toContain("01-crossing.md");
    expect(reasons).not.toContain("01-bridge.md");
    expect(reasons).not.toContain("03-boat.md");
  } finally {
    await former.close();
  }
});
