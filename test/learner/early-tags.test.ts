import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { LearningStopped } from "../../src/learner/errors.ts";
import { learn } from "../../src/learner/learn.ts";
import type { Pace } from "../../src/learner/pace.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { openProfile } from "../../src/profile/versions.ts";
import type { FromLearner, LearningJob } from "../../src/protocol/learner.ts";
import { suggestTags } from "../../src/readings/tags/tag-suggestions.ts";
import { openStore } from "../../src/store/open-store.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { writePowerSupplies } from "./power-supply.ts";
import { prepareJob } from "./prepare-job.ts";
import { writeSmallBlog } from "./small-blog.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Learns until the first message of this kind, and tells all that was heard. */
async function learnUntil(job: LearningJob, kind?: FromLearner["kind"]): Promise<readonly FromLearner[]> {
  const heard: FromLearner[] = [];
  let pace: Pace | undefined;
  const emit = (message: FromLearner) => {
    heard.push(message);
    if (message.kind === kind) {
      pace?.stop("pause", "for the test");
    }
  };
  const onPace = (made: Pace) => {
    pace = made;
  };
  await learn(job, { emit, clock: Date.now, onPace }).catch((cause: unknown) => {
    expect(cause).toBeInstanceOf(LearningStopped);
  });
  return heard;
}

function publishedIn(heard: readonly FromLearner[]) {
  return heard.flatMap((message) => (message.kind === "published" ? [message.isEarly] : []));
}

function versionsOf({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  return store.profileVersions.list(store.writers.named(writer)!.id);
}

test("Tags are there before anything is trained, and the full profile takes their place.", async () => {
  const job = prepareJob();
  const first = await learnUntil(job, "published");
  expect(publishedIn(first)).toEqual([true]);
  expect(first.map(({ kind }) => kind)).not.toContain("epoch");
  expect(versionsOf(job)).toMatchObject([
    { isActive: true, report: { isEarly: true, gate: { tags: { open: true }, tone: { open: false } } } },
  ]);
  expect(await suggestionsFor(job)).toContain("bridge");

  const second = await learnUntil(job);
  expect(publishedIn(second)).toEqual([false]);
  expect(second.findLast(({ kind }) => kind !== "progress")?.kind).toBe("published");
  const versions = versionsOf(job);
  expect(versions).toMatchObject([{ isActive: true }]);
  expect(versions[0]!.report).not.toHaveProperty("isEarly");
});

test("A writer with a profile keeps it while new documents are learned.", async () => {
  const job = prepareJob();
  await learnUntil(job);
  writeSmallBlog(job.folders[0]!, 16);
  expect(publishedIn(await learnUntil(job))).toEqual([false]);
});

test.skipIf(process.platform === "win32")(
  "On battery the first tags come all the same and what is long waits; with a profile it waits before anything is read.",
  async () => {
    const folder = temporaryFolder();
    vi.stubEnv("IDIOLECT_POWER_SUPPLIES", writePowerSupplies(folder, "battery"));
    onTestFinished(() => void vi.unstubAllEnvs());
    const job = prepareJob({ onBattery: "pause" }, folder);
    const first = (await learnUntil(job, "waiting")).map(({ kind }) => kind);
    expect(first.filter((kind) => kind !== "progress")).toEqual(["found", "published", "waiting"]);
    const second = (await learnUntil(job, "waiting")).map(({ kind }) => kind);
    expect(second).toEqual(["waiting"]);
  },
);

test("Without a single tag there is nothing to publish early.", async () => {
  const job = prepareJob();
  const folder = temporaryFolder();
  writeSmallBlog(folder, 6, { tags: false });
  expect(publishedIn(await learnUntil({ ...job, folders: [folder] }))).toEqual([false]);
});

async function suggestionsFor({ storePath, modelPath, cachePath, writer }: LearningJob) {
  using store = openStore(storePath);
  const reader = generalReader(await PretrainedModel.open(modelPath, cachePath));
  const encoder = new TextEncoder(reader.model, { threads: 1 });
  const { id: writerId } = store.writers.named(writer)!;
  const open = openProfile(store, writerId, reader);
  if (open.kind !== "open") {
    throw new Error(`the profile is ${open.kind}`);
  }
  const text = {
    id: join("drafts", "new.md"),
    timeMs: undefined,
    title: "The bridge once more",
    sentences: ["I was at the bridge."],
  };
  const found = await suggestTags({ store, writerId, reader, encoder, open }, text, { limit: 5 });
  await encoder.release();
  return found.map(({ tag }) => tag);
}
