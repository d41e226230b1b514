import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { mean } from "simple-statistics";
import type { Interval } from "../../src/numbers/intervals.ts";
import { PeerError } from "../errors.ts";
import { type JobAnswer, jobAnswerSchema } from "../peers/job-answer.ts";
import { peerEnvironment } from "../peers/peer-process.ts";
import { type PromptJob, prepareJob, shortened } from "../prompt-job.ts";
import { say, sayProgress } from "../say.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";
import { sampleBlog } from "../texts.ts";
import type { Workplace } from "../workplace.ts";
import { intervalText, meanRatio } from "./compare.ts";

/** Before learning both read the same tokens with the same prompts, in full: more is another computation. */
const startTolerance = 1e-3;
/** Nats that our prompts may end worse by than theirs, on average, at what counts as the same loss. */
const endTolerance = 0.02;
/** The learner's: it keeps V8 from holding on to memory. */
const learnerFlags = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=4"];

/** What one side made of the job, over all repeats. */
export interface JobSide {
  readonly name: string;
  /** From the start of the process to its end. */
  readonly seconds: Spread;
  /** Of the same time on all threads; where other work runs, it tells more. */
  readonly processorSeconds: Spread;
  readonly steps: number;
  readonly paddingShare: number;
  /** Mean masked-LM loss of held-out passages in nats, mean over the repeats. */
  readonly heldOutBefore: number;
  readonly heldOutAfter: number;
}

export interface JobResult {
  readonly blog: string;
  readonly passages: number;
  readonly tokens: number;
  readonly epochs: number;
  readonly own: JobSide;
  /** Absent where PyTorch is not there; `reason` says why. */
  readonly peer?: JobSide & {
    readonly ratio: Interval;
    readonly processorRatio: Interval;
    readonly isVoid: boolean;
  };
  readonly reason?: string;
}

interface Program {
  readonly name: string;
  readonly command: string;
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

type Learned = Extract<JobAnswer, { kind: "learned" }>;
type TimedJob = Learned & { readonly seconds: number };

/** Times the learning of a writer's prompts from process start to end, beside PyTorch on the same blogs. */
export async function measureJobs(place: Workplace): Promise<readonly JobResult[]> {
  const results: JobResult[] = [];
  for (const folder of jobFolders(place)) {
    const result = await measureJob(place, folder);
    say(describe(result));
    results.push(result);
  }
  return results;
}

/** The blogs that are there; the sample blog if there is none. */
function jobFolders({ settings }: Workplace): readonly string[] {
  const named = settings.jobBlogs.map((name) => join(settings.corporaPath, name));
  for (const missing of named.filter((folder) => !existsSync(folder))) {
    say(`\nPrompts of ${basename(missing)}: skipped, there is no ${missing}.`);
  }
  const found = named.filter(existsSync);
  return found.length > 0 ? found : [sampleBlog];
}

async function measureJob(place: Workplace, folder: string): Promise<JobResult> {
  const { settings } = place;
  const job = await prepareJob(place, folder);
  const { own, peer } = programs(place);
  // The first start of each is not timed: it fills the caches of the disk, and tells whether the peer is there.
  await learnOnce(place, own, shortened(job));
  const first = await runJob(place, peer, shortened(job));
  const [ownRuns, peerRuns]: [TimedJob[], TimedJob[]] = [[], []];
  const note = sayProgress(`The whole job for ${basename(folder)}`, settings.jobRepeats);
  for (let seed = 1; seed <= settings.jobRepeats; seed++) {
    const turns = [
      async () => ownRuns.push(await learnOnce(place, own, { ...job, seed })),
      async () => {
        if (first.kind === "learned") peerRuns.push(await learnOnce(place, peer, { ...job, seed }));
      },
    ];
    // Who comes first changes, so that a machine that gets warm does not wrong the second.
    for (const turn of seed % 2 === 1 ? turns : turns.toReversed()) await turn();
    note(seed);
  }
  return {
    blog: basename(folder),
    passages: job.train.length,
    epochs: job.epochs,
    tokens: job.train.reduce((sum, { ids }) => sum + ids.length, 0),
    own: sideOf(ownRuns),
    ...(first.kind === "learned" ? { peer: peerOf(ownRuns, peerRuns) } : { reason: first.reason }),
  };
}

function programs({ settings }: Workplace): { readonly own: Program; readonly peer: Program } {
  const peers = join(import.meta.dirname, "..", "peers");
  return {
    own: {
      name: "Idiolect",
      command: process.execPath,
      environment: process.env,
      words: [...learnerFlags, join(peers, "learn-prompts.ts")],
    },
    peer: {
      name: "PyTorch",
      command: settings.python,
      environment: peerEnvironment(),
      words: [join(peers, "pytorch_job.py")],
    },
  };
}

/** Throws PeerError for a program that is not there. */
async function learnOnce(place: Workplace, program: Program, job: PromptJob): Promise<TimedJob> {
  const answer = await runJob(place, program, job);
  if (answer.kind === "absent") throw new PeerError(program.name, `it went away: ${answer.reason}.`);
  return answer;
}

type TimedAnswer = TimedJob | Extract<JobAnswer, { kind: "absent" }>;

async function runJob({ folder }: Workplace, program: Program, job: PromptJob): Promise<TimedAnswer> {
  const { name, command, words, environment } = program;
  const path = join(folder, "job.json");
  writeFileSync(path, JSON.stringify(job));
  const startMs = performance.now();
  const child = spawn(command, [...words, path], { stdio: ["ignore", "pipe", "pipe"], env: environment });
  try {
    await once(child, "spawn");
  } catch (cause) {
    return { kind: "absent", reason: `${command} cannot be started (${(cause as Error).message})` };
  }
  const [output, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  const seconds = (performance.now() - startMs) / 1000;
  if (exitCode !== 0) {
    throw new PeerError(name, `it ended with code ${exitCode}. ${complaint.slice(-2000)}`);
  }
  const answer = jobAnswerSchema.parse(JSON.parse(output));
  return answer.kind === "absent" ? answer : { ...answer, seconds };
}

function sideOf(runs: readonly TimedJob[]): JobSide {
  const [{ name, steps }] = runs as readonly [TimedJob];
  const meanOf = (pick: (run: TimedJob) => number) => mean(runs.map(pick));
  return {
    name,
    steps,
    seconds: spreadOf(runs.map(({ seconds }) => seconds)),
    processorSeconds: spreadOf(runs.map(({ processorSeconds }) => processorSeconds)),
    paddingShare: meanOf(({ paddingShare }) => paddingShare),
    heldOutBefore: meanOf(({ heldOutBefore }) => heldOutBefore),
    heldOutAfter: meanOf(({ heldOutAfter }) => heldOutAfter),
  };
}

function peerOf(ownRuns: readonly TimedJob[], peerRuns: readonly TimedJob[]): NonNullable<JobResult["peer"]> {
  const [own, peer] = [sideOf(ownRuns), sideOf(peerRuns)];
  const ratioOf = (pick: (run: TimedJob) => number) =>
    meanRatio(peerRuns.map((run, at) => pick(run) / pick(ownRuns[at]!)));
  const isSameStart = Math.abs(own.heldOutBefore - peer.heldOutBefore) <= startTolerance;
  const isAsGood = own.heldOutAfter <= peer.heldOutAfter + endTolerance;
  return {
    ...peer,
    ratio: ratioOf(({ seconds }) => seconds),
    processorRatio: ratioOf(({ processorSeconds }) => processorSeconds),
    // Written so that a loss that is no number makes it void.
    isVoid: !(isSameStart && isAsGood && own.steps === peer.steps),
  };
}

function describe({ blog, passages, tokens, epochs, own, peer, reason }: JobResult): string {
  const sides = peer === undefined ? [own] : [own, peer];
  const rows = sides.map(
    ({ name, seconds, processorSeconds, steps, paddingShare, heldOutBefore, heldOutAfter }) => [
      name,
      ...[seconds.min, seconds.median, seconds.max, processorSeconds.median].map((value) => value.toFixed(1)),
      String(steps),
      (100 * paddingShare).toFixed(1),
      heldOutBefore.toFixed(4),
      heldOutAfter.toFixed(4),
    ],
  );
  const heading = [
    "",
    "min s",
    "median",
    "max",
    "processor s",
    "steps",
    "padding %",
    "held-out loss before",
    "after",
  ];
  const verdict =
    peer === undefined
      ? `PyTorch: ${reason}.`
      : `PyTorch's time over ours, mean over the pairs with 95 % interval: ${intervalText(peer.ratio)}; processor time's: ${intervalText(peer.processorRatio)}`;
  return [
    `\nThe prompts of ${blog} from process start to end: ${passages} passages, ${tokens} tokens, ${epochs} epochs, ${own.seconds.count} times`,
    formatTable(heading, rows),
    verdict,
    ...(peer?.isVoid === true ? ["VOID: steps or losses differ, so the times say nothing."] : []),
  ].join("\n");
}
