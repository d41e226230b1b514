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

test("An editor without settings learns as another was set: the same files, authors and folders, and the voice.", async () => {
  const folder = temporaryFolder();
  const storePath = join(folder, "store");
  const blog = writeSmallBlog(join(folder, "blog"), 4);
  const diary = join(blog, "diary");
  for (const one of ["drafts", "diary"]) {
    mkdirSync(join(blog, one));
    writeFileSync(join(blog, one, "text.md"), `This stands in ${one}, and nobody is to read it.\n`);
  }
  const open = (options: object) =>
    OpenServer.open({
      storePath,
      client: {
        workspaceFolders: [blog, diary].map((path) => ({ uri: pathToFileURL(path).href, name: "one" })),
      },
      ...options,
    });
  const learned = async (folders: readonly string[]) => {
    server.told.length = 0;
    await server.request(requests.learn, { folders, writer: "Ann" });
    await server.hears(notifications.status, ({ kind }) => kind === "idle");
    using store = openStore(storePath);
    const { id } = store.writers.named("Ann")!;
    return {
      paths: store.documents
        .list(id)
        .map(({ path }) => path)
        .toSorted(),
      chosen: store.writers.chosenFiles(id),
      gate: (store.profileVersions.active(id)!.report as { readonly gate: object }).gate,
    };
  };
  const set = {
    ...defaultSettings,
    corpus: { ...defaultSettings.corpus, exclude: ["drafts/**"], languages: ["en"] },
    learning: { ...defaultSettings.learning, coAuthors: true },
    tags: { ...defaultSettings.tags, hashtags: "never" as const },
    voice: { enabled: true },
  };

  server = await open({ settings: set });
  const off = { learning: { ...set.learning, enabled: false } };
  await server.notify("workspace/didChangeConfiguration", {
    settings: { ...set, folders: [{ folder: diary, settings: off }] },
  });
  const before = await learned([blog]);
  expect(before).toMatchObject({
    chosen: {
      exclude: ["drafts/**"],
      languages: ["en"],
      hashtags: "never",
      coAuthors: true,
      leaveOut: [diary],
    },
    gate: { voice: {} },
  });
  expect(before.paths).toHaveLength(4);
  await server.close();

  server = await open({ initializationOptions: { settings: undefined } });
  writeFileSync(join(blog, "new.md"), "The river was long and the bridge was not, and this is new.\n");
  const after = await learned([]);
  expect(after.paths).toEqual([...before.paths, join(blog, "new.md")].toSorted());
  expect(after.chosen).toEqual(before.chosen);
  expect(after.gate).toMatchObject({ voice: {} });
});
