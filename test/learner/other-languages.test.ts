import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { prepareCorpus } from "../../src/learner/corpus/learning-corpus.ts";
import { readableCorpus } from "../../src/learner/corpus/readable-corpus.ts";
import { learn } from "../../src/learner/learn.ts";
import type { LearningPlan } from "../../src/learner/learning-plan.ts";
import { planPrompts } from "../../src/learner/prompts/prompt-plan.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import type { FromLearner, LearningJob } from "../../src/protocol/learner.ts";
import { inEnglish } from "../../src/said/said.ts";
import { openStore } from "../../src/store/open-store.ts";
import { prepareJob } from "./prepare-job.ts";
import { writeSmallBlog } from "./small-blog.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { writeTinyModel } from "./tiny-model.ts";

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

const noticesOf = (heard: readonly FromLearner[]): readonly string[] =>
  heard.flatMap((event) => (event.kind === "notice" ? [inEnglish(event.message)] : []));

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
    /^too little text: 0 words, and 2,000 are needed; \d+ sentences in other languages are not read$/,
  );
  expect(noticesOf(heard)).toContainEqual(
    expect.stringContaining("is not English (German): tags are learned from it, tone and voice are not"),
  );
});

/** What would be trained on of so many texts of 500 words in each language. */
async function plannedPrompts(texts: Readonly<Record<"de" | "en", number>>, languages: readonly string[]) {
  const { model, writer, store, job } = await openWriter();
  const english = "We walked home over the bridge and it was late. ";
  for (const language of ["de", "en"] as const) {
    const words = (language === "de" ? german.join(" ") : english).split(" ");
    for (let number = 0; number < texts[language]; number++) {
      const sentences = Array.from({ length: 50 }, (_, at) => ({
        paragraph: at,
        start: 0,
        end: 1,
        text: Array.from({ length: 10 }, (__, word) => words[(at * 10 + word + number) % words.length]).join(
          " ",
        ),
        language,
      }));
      const path = `/${language}/${number}.md`;
      const file = { path, hash: path, sizeBytes: 1, mtimeMs: 1, words: 500, tags: [] };
      const about = { author: undefined, dateMs: number, title: undefined, language };
      store.documents.save(writer.id, { ...file, ...about }, sentences);
    }
  }
  const plan = { languages, languagesByFolder: {} } as unknown as LearningPlan;
  const context = { store, writer, model, plan, job, breathe: async () => undefined };
  const corpus = await prepareCorpus(context, []);
  return { corpus, planned: planPrompts(context, await readableCorpus(context, corpus), undefined) };
}

async function openWriter() {
  const folder = temporaryFolder();
  const model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
  const store = openStore(join(folder, "store"));
  onTestFinished(() => store.close());
  return { model, store, writer: store.writers.ensure("Anna"), job: prepareJob() };
}

test("Where next to nothing is English, no hidden word is trained on, though there were enough of them.", async () => {
  const { corpus, planned } = await plannedPrompts({ de: 60, en: 5 }, []);
  expect(planned).toEqual({
    kind: "none",
    why: { message: "next to nothing is in a language that is read", values: [] },
  });
  expect(corpus.summary.languages).toEqual({
    counts: [
      { language: "de", words: 30_000, isRead: false },
      { language: "en", words: 2_500, isRead: true },
    ],
    hasTagsAlone: true,
  });
  expect((await plannedPrompts({ de: 60, en: 5 }, ["en"])).planned.kind).toBe("anew");
  expect((await plannedPrompts({ de: 20, en: 5 }, [])).planned.kind).toBe("anew");
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
