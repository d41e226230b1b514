/*
 * What learning again costs after a few new posts, and after a sentence more in one post, beside the first learning:
 * processor seconds (of the process, user and system), for the writer's prompts and for all.
 *
 *   node bench/learn-again.ts <blog> [--first 300] [--more 8] [--work <folder>]
 *
 * The oldest posts are learned, then the next ones. With --work the first learning is kept there and used again.
 */
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_EXCLUDE } from "../src/corpus/files/discover.ts";
import { diskFileSource } from "../src/corpus/files/file-source.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { learn } from "../src/learner/learn.ts";
import { reportShape } from "../src/profile/report.ts";
import type { FromLearner, LearningJob } from "../src/protocol/learner.ts";
import { learningOptions } from "../src/session/learning-options.ts";
import { shippedModelPath } from "../src/session/package-root.ts";
import { openStore } from "../src/store/open-store.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    first: { type: "string", default: "300" },
    more: { type: "string", default: "8" },
    work: { type: "string" },
  },
});
const [blog] = positionals;
if (blog === undefined) throw new Error("Name a blog.");
const [first, more] = [Number(values.first), Number(values.more)];
const work = values.work ?? mkdtempSync(join(tmpdir(), "learn-again-"));
const posts = join(work, "posts");
const before = join(work, "before");
const store = join(work, "store");

const { documents } = await readCorpus([blog], { exclude: DEFAULT_EXCLUDE, locale: "en" }, diskFileSource);
const dated = documents.toSorted((a, b) => (a.dateMs ?? 0) - (b.dateMs ?? 0) || (a.path < b.path ? -1 : 1));
mkdirSync(posts, { recursive: true });
const put = (from: number, to: number) => {
  for (const [at, { path }] of dated.slice(from, to).entries()) {
    copyFileSync(path, join(posts, `${String(from + at).padStart(4, "0")}-${basename(path)}`));
  }
};

put(0, first);
if (!existsSync(before)) {
  tell("first", await learnTimed(store));
  cpSync(store, before, { recursive: true });
} else {
  cpSync(before, store, { recursive: true });
}
put(first, first + more);
tell("again", await learnTimed(store));
const [oldest] = readdirSync(posts).toSorted();
appendFileSync(join(posts, oldest!), "\nOne more sentence was written in the evening.\n");
tell("one changed", await learnTimed(store));

/** Processor seconds until the prompts are learned, and in all. */
async function learnTimed(storePath: string): Promise<{ readonly prompts: number; readonly all: number }> {
  const job: LearningJob = {
    writer: "bench",
    folders: [posts],
    storePath,
    modelPath: shippedModelPath(),
    cachePath: join(work, "cache"),
    options: { ...learningOptions({ seed: 1, cpuPercent: 100 }), threads: 1 },
  };
  let [began, prompts] = [Number.NaN, Number.NaN];
  const emit = (message: FromLearner) => {
    if (message.kind !== "progress") return;
    if (message.stage === "masking" && Number.isNaN(began)) began = processorSeconds();
    if ((message.stage === "reading" || message.stage === "tags") && Number.isNaN(prompts)) {
      prompts = processorSeconds() - began;
    }
  };
  const start = processorSeconds();
  await learn(job, { emit, clock: Date.now, onPace: () => undefined });
  return { prompts, all: processorSeconds() - start };
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function tell(which: string, { prompts, all }: { readonly prompts: number; readonly all: number }): void {
  using opened = openStore(store);
  const writer = opened.writers.named("bench")!;
  const { learned, replay, corpus } = reportShape.parse(opened.profileVersions.active(writer.id)!.report);
  console.log(
    JSON.stringify({
      which,
      documents: corpus.documents,
      steps: learned.steps,
      promptSeconds: Math.round(prompts),
      allSeconds: Math.round(all),
      replay,
    }),
  );
}
