import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { learn } from "../../../src/learner/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { taggedDocuments } from "../../../src/readings/tags/tagged-documents.ts";
import type { Correction } from "../../../src/store/corrections/correction.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

let server: OpenServer;
let blog: string;
let version = 1;

beforeAll(async () => {
  server = await OpenServer.open();
  blog = writeSmallBlog(join(server.folder, "blog"));
  await learnBlog();
});
afterAll(() => server.close());

async function learnBlog(): Promise<void> {
  const { storePath, modelPath, folder } = server;
  const paths = { folders: [blog], storePath, modelPath, cachePath: join(folder, "cache") };
  const job = smallJob(paths, { epochs: 1, maximumPassages: 8 });
  await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
}

async function open(uri: string, text: string): Promise<string> {
  const textDocument = { uri, languageId: "markdown", version: version++, text };
  await server.notify("textDocument/didOpen", { textDocument });
  return uri;
}

const river = "The river was at the bridge. The water was high that day. They made a boat of it.\n";

test("What is taught about a document that is no file is not kept under its name, which the next one gets.", async () => {
  const uri = await open("untitled:Untitled-1", river);
  await server.request(requests.teach, { kind: "notThisTag", uri, tag: "bridge" });
  using store = openStore(server.storePath);
  const { id } = store.writers.named("Anna")!;
  const [{ lesson }] = store.corrections.list(id) as [Correction];
  expect(lesson).toMatchObject({ kind: "tagVetoed", tag: "bridge" });
  expect(lesson.documentPath).toBeUndefined();
});

test("Tags taken for a document that is no file are none of the writer's own evidence when it was saved.", async () => {
  const uri = await open("untitled:Untitled-2", `---\ntags: [garden]\n---\n${river}`);
  await server.request(requests.tagEdit, { uri, tags: ["garden", "bridge"] });
  writeFileSync(
    join(blog, "new.md"),
    `---\ntags: [garden, bridge]\n---\n${river}One more line was written.\n`,
  );
  await learnBlog();
  using store = openStore(server.storePath);
  const { id } = store.writers.named("Anna")!;
  const maker = { modelId: "none", profileVersion: undefined };
  const documents = taggedDocuments(store, id, maker, store.acceptedTags.list(id));
  const saved = documents.find((document) => document.id.endsWith("new.md"));
  expect([...(saved?.accepted ?? [])]).toEqual(["bridge"]);
});
