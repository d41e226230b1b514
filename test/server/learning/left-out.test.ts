import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

let server: OpenServer;

beforeEach(async () => {
  server = await OpenServer.open();
});
afterEach(() => server.close());

const off = { ...defaultSettings.learning, enabled: false };
const on = defaultSettings.learning;

const setFolder = (folder: string, learning: typeof on) =>
  server.notify("workspace/didChangeConfiguration", {
    settings: { ...defaultSettings, folders: [{ folder, settings: { learning } }] },
  });

test("A folder that is switched off is not learned from, and what was read of it goes at once.", async () => {
  const blog = writeSmallBlog(join(server.folder, "blog"), 4);
  await server.request(requests.learn, { folders: [blog], writer: "Ann" });
  await server.hears(notifications.status, ({ kind }) => kind === "idle");
  const counts = () => {
    using store = openStore(server.storePath);
    const { id } = store.writers.named("Ann")!;
    return { documents: store.documents.list(id).length, tags: store.vocabulary.list(id).length };
  };
  expect(counts().documents).toBe(4);

  await setFolder(blog, off);
  expect(await server.request(requests.learn, { folders: [blog] })).toMatchObject({
    kind: "refused",
    advice: expect.stringContaining("idiolect.learning.enabled"),
  });
  expect(counts()).toEqual({ documents: 0, tags: 0 });

  await setFolder(blog, on);
  expect(await server.request(requests.learn, { folders: [blog] })).toMatchObject({ kind: "started" });
});
