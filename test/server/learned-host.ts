import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { learn } from "../../src/learner/learn.ts";
import { LazyReadingHost } from "../../src/server/reading-host.ts";
import { Turns } from "../../src/server/turns/turns.ts";
import type { Writer } from "../../src/store/repositories/writers.ts";
import { smallJob } from "../learner/job.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

/** A reading host on a store in which a small blog was learned with the tiny model. Dispose of it. */
export interface LearnedHost {
  readonly host: LazyReadingHost;
  readonly writer: Writer;
  readonly blog: string;
  dispose(): Promise<void>;
}

export async function openLearnedHost(): Promise<LearnedHost> {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-host-"));
  const [storePath, modelPath, cachePath] = ["store", "model", "cache"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeTinyModel(modelPath);
  const blog = writeSmallBlog(join(folder, "blog"));
  const job = smallJob(
    { folders: [blog], storePath, modelPath, cachePath },
    { epochs: 1, maximumPassages: 8 },
  );
  await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  const host = new LazyReadingHost({
    places: () => ({ storePath, modelPath, cachePath }),
    turns: new Turns(),
    tell: () => undefined,
  });
  return {
    host,
    writer: host.writerOf(join(blog, "new.md"))!,
    blog,
    async dispose() {
      await host.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}
