import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { temporaryFolder } from "../../learner/temporary-folder.ts";
import { OpenServer } from "../open-server.ts";

let server: OpenServer;
afterEach(() => server.close());

const without = (...patterns: readonly string[]) => ({
  corpus: { ...defaultSettings.corpus, exclude: patterns },
});

test("Of a writer's folders each is learned as it is set where it is open, and otherwise as it was.", async () => {
  const folder = temporaryFolder();
  const [blog, notes] = ["blog", "notes"].map((name) => writeSmallBlog(join(folder, name), 4));
  for (const one of [blog!, notes!]) {
    mkdirSync(join(one, "drafts"));
    writeFileSync(join(one, "drafts", "draft.md"), `This is a draft in ${one}, and nobody reads it.\n`);
  }
  const openWith = (open: readonly string[]) =>
    OpenServer.open({
      storePath: join(folder, "store"),
      client: { workspaceFolders: open.map((path) => ({ uri: pathToFileURL(path).href, name: "one" })) },
    });
  const set = (...folders: readonly { readonly folder: string; readonly settings: object }[]) =>
    server.notify("workspace/didChangeConfiguration", { settings: { ...defaultSettings, folders } });
  const learned = async (folders: readonly string[]) => {
    server.told.length = 0;
    await server.request(requests.learn, { folders, writer: "Ann" });
    await server.hears(notifications.status, ({ kind }) => kind === "idle");
    using store = openStore(join(folder, "store"));
    const drafts = store.documents
      .list(store.writers.named("Ann")!.id)
      .filter(({ path }) => path.includes("/drafts/"));
    return drafts.map(({ path }) => path);
  };

  server = await openWith([blog!, notes!]);
  await set({ folder: blog!, settings: {} }, { folder: notes!, settings: without("drafts/**") });
  expect(await learned([blog!, notes!])).toEqual([join(blog!, "drafts", "draft.md")]);
  await server.close();

  server = await openWith([blog!]);
  await set({ folder: blog!, settings: without("drafts/**") });
  expect(await learned([])).toEqual([]);
  await server.close();

  server = await openWith([notes!]);
  await set({ folder: notes!, settings: {} });
  expect(await learned([])).toEqual([join(notes!, "drafts", "draft.md")]);
});
