import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { learn } from "../../../src/learner/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { smallJob } from "../../learner/job.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

let server: OpenServer;
let uri: string;
beforeAll(async () => {
  server = await OpenServer.open();
  const { storePath, modelPath, folder } = server;
  const folders = [writeSmallBlog(join(folder, "blog"))];
  const job = smallJob(
    { folders, storePath, modelPath, cachePath: join(folder, "cache") },
    { epochs: 1, maximumPassages: 8 },
  );
  await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  const source = "---\ntitle: The river\ntags: [garden]\n---\nThe river was at the bridge.\n";
  uri = await server.openDocument(join(folders[0]!, "new.md"), source);
});
afterAll(() => server.close());

function inStore<T>(look: (store: ReturnType<typeof openStore>, writerId: number) => T): T {
  using store = openStore(server.storePath);
  return look(store, store.writers.named("Anna")!.id);
}

const acceptedTags = () => inStore((store, id) => store.acceptedTags.list(id).map(({ tag }) => tag));

test("Tags that come in by the list of suggestions are remembered as taken; those that were there are not.", async () => {
  await server.request(requests.tagEdit, { uri, tags: ["garden", "River", "bridge"] });
  expect(acceptedTags()).toEqual(["river", "bridge"]);
});

test("A tag that the writer teaches is the writer's own.", async () => {
  await server.request(requests.teach, { kind: "thisTag", uri, tag: "river" });
  expect(acceptedTags()).toEqual(["bridge"]);
});

test("A lesson that says what was shown is marked as agreement, and one that does not is not.", async () => {
  const { sentences } = await server.request(requests.readDocument, { uri });
  const { range, general, personal } = sentences[0]!;
  const { label } = personal ?? general;
  const sides = { veryNegative: -1, negative: -1, neutral: 0, positive: 1, veryPositive: 1 } as const;
  const shown = label === null ? undefined : sides[label];
  for (const valence of [-1, 0, 1]) {
    const { id } = await server.request(requests.teach, { kind: "tone", uri, range, valence });
    const lesson = inStore(
      (store, writer) => store.corrections.list(writer).find((one) => one.id === id)!.lesson,
    );
    expect(lesson).toMatchObject({ kind: "tone", confirms: valence === shown });
    await server.request(requests.withdraw, { id });
  }
});
