import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { makeBatches } from "../../src/learning/batching.ts";
import { intermediateDefaults } from "../../src/learning/intermediate-learning.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { LearnFailedError } from "../errors.ts";
import { watchMemory } from "../process-memory.ts";
import { say } from "../say.ts";
import { formatTable } from "../table.ts";
import { passagesOf } from "../texts.ts";
import type { Workplace } from "../workplace.ts";

const program = "dist/cli.js";
const blogs = ["chris-wellons", "ruben-schade"];

const learnOutputSchema = z.object({
  documents: z.number(),
  passages: z.number(),
  words: z.number(),
  learned: z.object({
    steps: z.number(),
    seconds: z.number(),
    peakMemoryBytes: z.number(),
  }),
});

export interface LearnResult {
  readonly blog: string;
  readonly documents: number;
  readonly passages: number;
  readonly words: number;
  readonly steps: number;
  /** From the start of the command to its end. */
  readonly wallMinutes: number;
  /** Of the passages put into runs as the learner does it, in [0, 1). */
  readonly paddingShare: number;
  /** As the learner says. */
  readonly peakMemoryBytes: number;
  /** Largest sum over the command's processes, shared pages counted by their part; undefined without /proc. */
  readonly peakProportionalBytes: number | undefined;
}

/** Learns two real blogs with the command line, each into a store of its own. */
export async function measureLearning(place: Workplace): Promise<readonly LearnResult[]> {
  const results: LearnResult[] = [];
  for (const blog of blogs) {
    const folder = join(place.settings.corporaPath, blog);
    const missing = [program, folder].find((path) => !existsSync(path));
    if (missing === undefined) {
      results.push(await learnBlog(place, blog, folder));
    } else {
      say(`\nLearning ${blog}: skipped, there is no ${missing}.`);
    }
  }
  if (results.length > 0) {
    say(describe(results));
  }
  return results;
}

async function learnBlog(place: Workplace, blog: string, folder: string): Promise<LearnResult> {
  const words = [program, "learn", folder, "--store", join(place.folder, `store-${blog}`), "--json"];
  const startMs = performance.now();
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  const memory = watchMemory(child.pid);
  const [output, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  const wallMinutes = (performance.now() - startMs) / 60_000;
  const peakProportionalBytes = memory.stop();
  if (exitCode !== 0) {
    throw new LearnFailedError(folder, Number(exitCode), complaint.slice(-2000));
  }
  const { documents, passages, words: wordCount, learned } = learnOutputSchema.parse(JSON.parse(output));
  return {
    blog,
    documents,
    passages,
    words: wordCount,
    steps: learned.steps,
    wallMinutes,
    paddingShare: await paddingShare(place, folder),
    peakMemoryBytes: learned.peakMemoryBytes,
    peakProportionalBytes,
  };
}

async function paddingShare({ model }: Workplace, folder: string): Promise<number> {
  const passages = await passagesOf(model, folder);
  const { tokensPerStep, tokensPerRun } = intermediateDefaults;
  const random = createRandom("padding");
  const steps = makeBatches(passages, { tokensPerBatch: tokensPerStep, random }).batches;
  const runs = steps.map((step) => makeBatches(step, { tokensPerBatch: tokensPerRun, random }));
  const sum = (pick: (run: (typeof runs)[number]) => number) =>
    runs.reduce((total, run) => total + pick(run), 0);
  return 1 - sum(({ tokens }) => tokens) / sum(({ paddedTokens }) => paddedTokens);
}

function describe(results: readonly LearnResult[]): string {
  const mebibytes = (bytes: number | undefined) =>
    bytes === undefined ? "unknown" : (bytes / 2 ** 20).toFixed(0);
  const rows = results.map((result) => [
    result.blog,
    String(result.documents),
    String(result.passages),
    String(result.words),
    String(result.steps),
    result.wallMinutes.toFixed(1),
    (100 * result.paddingShare).toFixed(1),
    mebibytes(result.peakMemoryBytes),
    mebibytes(result.peakProportionalBytes),
  ]);
  const heading = [
    "",
    "documents",
    "passages",
    "words",
    "steps",
    "minutes",
    "padding %",
    "learner's peak MiB",
    "all processes' peak PSS MiB",
  ];
  return `\nLearning a blog (idiolect learn)\n${formatTable(heading, rows)}`;
}
