import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import { storePaths } from "../../src/store/store-folder.ts";
import { prepareJob } from "./prepare-job.ts";
import { preparedOnce } from "./prepared-once.ts";

const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };

const prepareLearned = preparedOnce(async (folder) => {
  const job = prepareJob({}, folder);
  return { job, profile: (await learn(job, quiet)).profile };
});

test.each(["delta", "tags"])(
  "A profile whose %s are damaged is learned anew, as its error advises.",
  async (part) => {
    const { job, profile } = await prepareLearned();
    expect((await learn(job, quiet)).learned.skipped).toBe(true);
    const database = new DatabaseSync(storePaths(job.storePath).database);
    const damage =
      "UPDATE profile_blobs SET content = zeroblob(length(content)) WHERE owner = ? AND name = ?";
    expect(database.prepare(damage).run(profile, part).changes).toBe(1);
    database.close();
    const again = await learn(job, quiet);
    expect(again.learned.skipped).toBe(false);
    expect(again.profile).not.toBe(profile);
    expect((await learn(job, quiet)).learned.skipped).toBe(true);
  },
);
