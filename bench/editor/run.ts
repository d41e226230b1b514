/*
 * Measures the packed extension in a real editor on this machine (docs/benchmarks.md).
 *   npm run bench:editor -- [--blog ../shared/corpora/ruben-schade] [--posts 200] [--only activation,editor,document,firstUse,firstSteps]
 * Without --blog the sample blog is learned, which is smaller.
 *   npm run bench:editor -- --only reading --blog <folder> --store <store in which it was learned>
 * measures the server that reads as that writer; `document` takes --store, too. With --extension . after npm run build it is the one in dist,
 * whose functions have their names in the list of long slices.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installHarness } from "../../test/editor/harness/install.ts";
import { installExtension, packExtension } from "../../test/editor/harness/prepare.ts";
import { createScene, extensionsFolder } from "../../test/editor/harness/scene.ts";
import { describeMachine, machineLines } from "../machine.ts";
import { say } from "../say.ts";
import { spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";
import { measureActivation } from "./activation.ts";
import { measureDocument } from "./document.ts";
import { measureStepsToOwnTone, measureStepsToTags } from "./first-steps.ts";
import { copyPosts, measureFirstUse } from "./first-use.ts";
import type { HostTimes } from "./host-figures.ts";
import { measureInEditor } from "./in-editor.ts";
import { measureReading, type ReadingCost } from "./reading.ts";

const sample = resolve(import.meta.dirname, "../../media/sample-blog");
const documentWords = 2000;
const shownSlices = 12;
const firstStepsRuns = 3;

const { values: options } = parseArgs({
  options: {
    blog: { type: "string", default: sample },
    posts: { type: "string", default: "200" },
    only: { type: "string", default: "activation,editor,document,firstUse,firstSteps" },
    store: { type: "string" },
    extension: { type: "string" },
  },
});

const sections: Readonly<Record<string, (extension: string, work: string) => Promise<void>>> = {
  activation: sayActivation,
  editor: sayEditor,
  document: sayDocument,
  firstUse: sayFirstUse,
  firstSteps: sayFirstSteps,
  reading: sayReading,
};

say(machineLines(describeMachine()).join("\n"));
const extension = options.extension === undefined ? install() : resolve(options.extension);
const work = mkdtempSync(join(tmpdir(), "idiolect-bench-"));
try {
  for (const section of options.only.split(",")) {
    await sections[section]?.(extension, mkdtempSync(join(work, "section-")));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The folder of the packed extension, as VS Code installs it. */
function install(): string {
  installHarness();
  installExtension(packExtension());
  const name = readdirSync(extensionsFolder).find((one) => one.startsWith("idiolect."));
  return join(extensionsFolder, name ?? "");
}

async function sayEditor(_: string, folder: string): Promise<void> {
  const blog = join(folder, "blog");
  copyPosts(options.blog, blog, Number(options.posts));
  const { off, on } = await measureInEditor(blog);
  const row = (name: string, of: (times: HostTimes) => readonly number[]): string[] => {
    const cells = [off, on].flatMap((times) => {
      const { median, p95 } = spreadOf(of(times));
      return [median.toFixed(1), p95.toFixed(1)];
    });
    return [name, ...cells];
  };
  const rows = [
    row("hover, ms", ({ hoverMs }) => hoverMs),
    row("completion, ms", ({ completionMs }) => completionMs),
    row("event loop p99, ms", ({ eventLoopP99Ms }) => eventLoopP99Ms),
  ];
  say("");
  say(formatTable(["", "paused p50", "p95", "learning p50", "p95"], rows));
}

async function sayActivation(): Promise<void> {
  const { count, min, median, max } = await measureActivation();
  say(`\nActivation in ${count} windows, as the editor shows it: ${median} ms (${min} to ${max} ms)`);
}

async function sayDocument(program: string, folder: string): Promise<void> {
  const scene = options.store === undefined ? createScene({ learned: true }) : undefined;
  try {
    const names = readdirSync(options.blog, { recursive: true, encoding: "utf8" });
    const posts = names.filter((name) => name.endsWith(".md")).map((name) => join(options.blog, name));
    const store = scene?.store ?? copyStore(folder);
    const { words, cold, warm, afterEdit } = await measureDocument(program, store, posts, documentWords);
    const rows = (["passedMs", "processorMs"] as const).map((name) => [
      name === "passedMs" ? "by the clock" : "of the processor",
      ...[cold[name], warm[name], afterEdit[name].median, afterEdit[name].p95].map((ms) => ms.toFixed(0)),
    ]);
    say(`\nA document of ${words} words, ms`);
    say(formatTable(["", "cold", "with all open", "after one edit", "p95"], rows));
  } finally {
    scene?.remove();
  }
}

async function sayFirstUse(program: string, folder: string): Promise<void> {
  const figures = await measureFirstUse(program, options.blog, Number(options.posts), folder);
  const { posts, secondsToTags, secondsToPrompts, learnerBytes, reading } = figures;
  say(`\nFirst use with ${posts} posts: tags after ${secondsToTags.toFixed(0)} s,`);
  say(`prompts after ${secondsToPrompts.toFixed(0)} s; two clicks before that (test/editor/first-use)`);
  say(`Largest memory (PSS) of the learner: ${megabytes(learnerBytes)}`);
  sayCost(reading);
}

/** In the editor, with the mouse and the keyboard; each story three times. */
async function sayFirstSteps(): Promise<void> {
  for (let run = 1; run <= firstStepsRuns; run++) {
    const tags = await measureStepsToTags();
    say(
      `\nSample blog: tags ${tags.clicks} clicks and ${tags.seconds.toFixed(1)} s after the offer to learn.`,
    );
    const tone = await measureStepsToOwnTone();
    say(`Small made-up blog: learned ${tone.secondsToOffer.toFixed(1)} s after the consent;`);
    say(
      `the round took ${tone.secondsOfRound.toFixed(1)} s where nobody thinks (${tone.answers} answers, each a key);`,
    );
    say(
      `the writer's own reading ${tone.secondsToReading.toFixed(1)} s after it, ${tone.clicks} clicks in all.`,
    );
  }
}

async function sayReading(program: string, folder: string): Promise<void> {
  if (options.store === undefined) {
    throw new Error("Name a store in which the blog was learned: --store <folder>.");
  }
  sayCost(await measureReading(program, copyStore(folder), options.blog));
}

/** Of the store that was named: reading leaves traces, such as files beside the database. */
function copyStore(folder: string): string {
  const store = join(folder, "store");
  cpSync(options.store ?? "", store, { recursive: true });
  return store;
}

function sayCost({ posts, bytes, slices, longestStallMs, longest }: ReadingCost): void {
  say(
    `\nThe server while it reads ${posts} posts, hovers and suggests tags: ${megabytes(bytes)} (PSS) at most;`,
  );
  say(`${slices.count} slices, 99 of 100 below ${slices.p99Ms.toFixed(1)} ms,`);
  say(`deaf for ${longestStallMs.toFixed(0)} ms at most, where the model is opened`);
  const rows = longest.slice(0, shownSlices).map(({ name, count, longestMs, mostCpuMs }) => {
    return [name, String(count), longestMs.toFixed(0), mostCpuMs.toFixed(0)];
  });
  say(formatTable(["slices over 30 ms", "number", "longest, ms", "processor, ms"], rows));
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "unknown" : `${(bytes / 1e6).toFixed(0)} MB`;
}
