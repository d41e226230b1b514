import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import { type ProfileReport, reportShape } from "../../src/profile/report.ts";
import { rollBack } from "../../src/profile/versions.ts";
import type { LearningJob, LearningOptions } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "./job.ts";
import { preparedOnce } from "./prepared-once.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { writeTinyModel } from "./tiny-model.ts";

const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };
const lines = [
  "the river was long",
  "they made a boat",
  "she had no time",
  "people at the bridge",
  "he would call her",
];

/** Writes posts numbered from `from` to `to`; fourteen sentences each, of words that the tiny model knows. */
function writePosts(folder: string, from: number, to: number, spoken: readonly string[] = lines): void {
  mkdirSync(folder, { recursive: true });
  for (let number = from; number < to; number++) {
    const text = Array.from({ length: 30 }, (_, line) => {
      const said = spoken[(number + line) % spoken.length]!;
      return spoken === lines ? `And ${said} after ${number} days.` : `${said} ${said} !`;
    });
    const date = new Date(Date.UTC(2020, 0, 1 + 7 * number)).toISOString().slice(0, 10);
    writeFileSync(
      join(folder, `${number}.md`),
      `---\ndate: ${date}\ntags: [river]\n---\n${text.join(" ")}\n`,
    );
  }
}

function prepare(
  options: Partial<LearningOptions> = {},
  folder: string = temporaryFolder(),
): { readonly job: LearningJob; readonly blog: string } {
  const blog = join(folder, "blog");
  writePosts(blog, 0, 40);
  const paths = {
    folders: [blog],
    storePath: join(folder, "store"),
    modelPath: writeTinyModel(join(folder, "model")),
    cachePath: join(folder, "cache"),
  };
  return { job: smallJob(paths, { epochs: 6, peakRate: 0.2, ...options }), blog };
}

/** The same, learned. */
const prepareLearned = preparedOnce(async (folder) => {
  const { job, blog } = prepare({}, folder);
  return { job, blog, first: await learn(job, quiet) };
});

function reportsOf({ storePath, writer }: LearningJob): readonly ProfileReport[] {
  using store = openStore(storePath);
  return store.profileVersions
    .list(store.writers.named(writer)!.id)
    .map(({ report }) => reportShape.parse(report));
}

function deltaOf({ storePath, writer }: LearningJob): Uint8Array | undefined {
  using store = openStore(storePath);
  const active = store.profileVersions.active(store.writers.named(writer)!.id)!;
  return store.profileVersions.blobs(active.id)["delta"];
}

test("New documents are learned on from the version in use, with old ones again, and the better is kept.", async () => {
  const { job, blog, first } = await prepareLearned();
  expect(first).toMatchObject({ gate: { masking: { open: true } }, signs: [] });
  writePosts(blog, 40, 60);
  const second = await learn(job, quiet);
  expect(second).toMatchObject({ documents: 60, drift: { hasDrifted: false } });
  const [newest] = reportsOf(job);
  expect(newest!.replay).toMatchObject({ from: first.profile, kept: expect.stringMatching(/new|former/) });
  expect(newest!.replay!.newPassages).toBeGreaterThan(0);
  expect(newest!.replay!.replayedPassages).toBeGreaterThan(newest!.replay!.newPassages / 2);
  const { onFormerText, onNewText, kept } = newest!.replay!;
  expect(kept).toBe(onFormerText!.mean + onNewText!.mean < 0 ? "new" : "former");
  expect([onFormerText!.documents, onNewText!.documents]).toEqual([2, 1]);
  expect(newest!.drift).toMatchObject({ documents: 20, language: { expected: expect.any(Number) } });
  // One of the new ones proves besides the eight of before; another one and two of before chose.
  expect(newest!.heldOut.masking!.documents).toBe(9);
});

test("Documents that the prompts no longer help with are told as drift.", async () => {
  const { job, blog } = await prepareLearned();
  writePosts(blog, 40, 60, ["what if 7 8 9 or 4 5 6", "1 2 3 not 0", "(8) 6 : 5", "who ? how ! which ; up"]);
  const { drift } = await learn(job, quiet);
  expect(drift).toMatchObject({
    hasDrifted: true,
    reason: expect.stringContaining("no longer fits the profile"),
  });
});

test("A few new documents wait for more: the prompts stay to the bit, and nothing is trained.", async () => {
  const { job, blog } = await prepareLearned();
  const before = deltaOf(job);
  writePosts(blog, 40, 43);
  const outcome = await learn(job, quiet);
  expect(outcome).toMatchObject({ documents: 43, learned: { steps: 0, skipped: false } });
  expect(deltaOf(job)).toEqual(before);
  expect(outcome.gate.masking.open).toBe(true);
  writePosts(blog, 43, 46);
  await learn(job, quiet);
  expect(reportsOf(job)[0]!.replay).toBeDefined();
});

test("Where something that was learned is gone, everything is learned anew without it.", async () => {
  const { job, blog } = await prepareLearned();
  rmSync(join(blog, "3.md"));
  const outcome = await learn(job, quiet);
  expect(outcome.learned.steps).toBeGreaterThan(0);
  expect(reportsOf(job)[0]!.replay).toBeUndefined();
});

test("What was gone back from is not learned anew until documents change.", async () => {
  const { job, blog, first } = await prepareLearned();
  writePosts(blog, 40, 60);
  await learn(job, quiet);
  {
    using store = openStore(job.storePath);
    expect(rollBack(store, store.writers.named(job.writer)!.id).id).toBe(first.profile);
  }
  expect(await learn(job, quiet)).toMatchObject({ profile: first.profile, learned: { skipped: true } });
  writePosts(blog, 60, 70);
  await learn(job, quiet);
  expect(reportsOf(job)[0]!.replay!.from).toBe(first.profile);
});

test("A loss that is no number ends training, is told, and leaves the general reading.", async () => {
  const { job } = prepare({ peakRate: 1e38 });
  const outcome = await learn(job, quiet);
  expect(outcome.signs.map(({ kind }) => kind)).toContain("notFinite");
  expect(outcome.gate.masking.open).toBe(false);
  const [report] = reportsOf(job);
  expect(report!.heldOut.masking!.own).toEqual(report!.heldOut.masking!.shared);
});

test("A rate at which nothing moves is told as flat, and its prompts as ignored.", async () => {
  const { job } = prepare({ peakRate: 1e-12 });
  const { signs, gate } = await learn(job, quiet);
  expect(signs.map(({ kind }) => kind)).toEqual(["lossFlat", "promptIgnored"]);
  expect(gate.masking.open).toBe(false);
});

test("What was ever learned from proves nothing, also where it would be the newest of all that is left.", async () => {
  const { job, blog } = await prepareLearned();
  // All that was held out is gone, and so are the documents before it.
  for (let number = 24; number < 40; number++) rmSync(join(blog, `${number}.md`));
  const { gate } = await learn(job, quiet);
  expect(gate.masking).toMatchObject({ open: false, reason: expect.stringContaining("too few documents") });
  expect(reportsOf(job)[0]!.heldOut.masking).toBeUndefined();
  // Neither do the same texts under other names, nor in another version's place; new ones do.
  for (let number = 0; number < 24; number++) rmSync(join(blog, `${number}.md`));
  writePosts(join(blog, "again"), 0, 32);
  await learn(job, quiet);
  expect(reportsOf(job)[0]!.heldOut.masking).toBeUndefined();
  writePosts(blog, 40, 50);
  await learn(job, quiet);
  expect(reportsOf(job)[0]!.heldOut.masking!.documents).toBe(8);
});

test("Another writer's prompts that do as well make them adapted, not the writer's own.", async () => {
  const { job, blog, first } = await prepareLearned();
  expect(first.gate.masking.reason).toContain("no other writer has been learned here");
  const twin = await learn({ ...job, writer: "Berta", folders: [blog] }, quiet);
  expect(twin.gate.masking).toMatchObject({
    open: true,
    reason: expect.stringContaining("another writer's prompts may do as well"),
  });
  const spoken = ["what if 7 8 9 or 4 5 6", "1 2 3 not 0", "(8) 6 : 5", "who ? how ! which ; up"];
  writePosts(join(blog, "../other"), 0, 40, spoken);
  const other = await learn({ ...job, writer: "Carla", folders: [join(blog, "../other")] }, quiet);
  expect(other.gate.masking.reason).toContain("the writer's own: better than 2 other writers' prompts");
});
