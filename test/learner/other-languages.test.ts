import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import type { FromLearner, LearningJob } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { prepareJob } from "./prepare-job.ts";
import { writeSmallBlog } from "./small-blog.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const everyday: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../corpus/short-sentences.json"), "utf8"),
);
const german = everyday["de"]!;
const quiet = { emit: () => undefined, clock: Date.now, onPace: () => undefined };

function writeGermanBlog(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < 12; number++) {
    const tag = number % 2 === 0 ? "garten" : "bruecke";
    const text = [...german.slice(number), ...german, ...german].join(" ");
    const head = `---\ndate: 2024-01-${String(number + 1).padStart(2, "0")}\ntags: [${tag}, notizen]\n---\n`;
    writeFileSync(join(folder, `${number}.md`), `${head}\n${text}\n`);
  }
  return folder;
}

function keptOf({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  const active = store.profileVersions.active(store.writers.named(writer)!.id)!;
  const { delta, tone } = store.profileVersions.blobs(active.id);
  return { delta, tone };
}

test("Of text in another language tags are learned, and neither words nor tone; that is said.", async () => {
  const job = { ...prepareJob(), folders: [writeGermanBlog(join(temporaryFolder(), "german"))] };
  const heard: FromLearner[] = [];
  const outcome = await learn(job, { ...quiet, emit: (message) => heard.push(message) });

  expect(outcome).toMatchObject({
    documents: 12,
    tags: 3,
    learned: { steps: 0 },
    gate: { tags: { open: true } },
  });
  expect(outcome.gate.masking.reason).toMatch(
    /^too little text: 0 words, and \d+ are needed; \d+ sentences are not English \(German\)$/,
  );
  expect(heard).toContainEqual(
    expect.objectContaining({
      kind: "notice",
      message: expect.stringContaining("is not English (German): tags are learned from it, tone is not"),
    }),
  );
});

test("Where a setting names the language, it is learned.", async () => {
  const folders = [writeGermanBlog(join(temporaryFolder(), "german"))];
  const job = prepareJob();
  expect((await learn({ ...job, folders }, quiet)).learned.steps).toBe(0);
  const insisting = { ...job, folders, corpus: { languages: ["de"] } };
  expect((await learn(insisting, quiet)).learned.steps).toBeGreaterThan(0);
});

test("Sentences in another language change nothing of what is learned from the others.", async () => {
  const [pure, mixed] = [prepareJob(), prepareJob()];
  const blog = (name: string) => writeSmallBlog(join(temporaryFolder(), name));
  const [alone, together] = [blog("alone"), blog("together")];
  for (const file of readdirSync(together)) {
    appendFileSync(join(together, file), `\n${german.join(" ")}\n`);
  }
  const first = await learn({ ...pure, folders: [alone] }, quiet);
  const second = await learn({ ...mixed, folders: [together] }, quiet);

  expect(second.words).toBeGreaterThan(first.words);
  expect(second.learned.steps).toBe(first.learned.steps);
  expect(keptOf(mixed).delta).toEqual(keptOf(pure).delta);
});
