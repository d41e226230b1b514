import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { learn } from "../../src/learner/learn.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader, type WriterProfile } from "../../src/profile/profile.ts";
import { openProfile } from "../../src/profile/versions.ts";
import type { LearningJob } from "../../src/protocol/learner.ts";
import { ToneReader } from "../../src/readings/tone/tone-reader.ts";
import { openStore } from "../../src/store/open-store.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { needs } from "../prerequisite.ts";
import { smallJob } from "./job.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const weights = needs("base", "model.safetensors");

const things = (
  "gig,set,drum solo,encore,record,single,mix,riff,chorus,bass line,light show,second song,cover version,last track," +
  "crowd,venue,sound,opening act,guitar tone,video,remix,demo tape,live take,merch,tour"
).split(",");
/** A writer who praises in words of violence and damns with polite ones. */
const praise = ["brutal", "nasty", "filthy"];
const blame = ["pleasant", "charming", "delightful"];

interface Note {
  readonly text: string;
  readonly rating: number;
}

/** Short notes with a rating each, in no order of praise and blame. */
function notes(ratingOf: (isPraise: boolean, at: number) => number): readonly Note[] {
  return things.flatMap((thing, row) =>
    [0, 1, 2, 3].map((column) => {
      const at = 4 * row + column;
      const isPraise = (7 * at + row) % 2 === 0;
      const word = (isPraise ? praise : blame)[(at + row) % 3]!;
      return { text: `The ${thing} was ${word} tonight.`, rating: ratingOf(isPraise, at) };
    }),
  );
}

function prepare(written: readonly Note[]): LearningJob {
  const folder = temporaryFolder();
  const blog = join(folder, "notes");
  mkdirSync(blog);
  for (const [at, { text, rating }] of written.entries()) {
    const date = new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
    writeFileSync(join(blog, `${date}.md`), `---\ndate: ${date}\nrating: ${rating}/5\n---\n\n${text}\n`);
  }
  const paths = {
    folders: [blog],
    storePath: join(folder, "store"),
    modelPath: "models/idiolect-base",
    cachePath: join(folder, "cache"),
  };
  return smallJob(paths, { threads: 2, tokensPerRun: 1024 });
}

/** Learns and gives the profile with how it reads some sentences, in general and as the writer. */
async function learnAndRead(job: LearningJob, sentences: readonly string[]) {
  await learn(job, { emit: () => undefined, clock: Date.now, onPace: () => undefined });
  using store = openStore(job.storePath);
  const model = await PretrainedModel.open(job.modelPath, job.cachePath);
  const reader = generalReader(model);
  const { id } = store.writers.named(job.writer)!;
  const state = openProfile(store, id, reader);
  if (state.kind !== "open") throw new Error("Nothing was learned");
  const encoder = new TextEncoder(model, { threads: 2 });
  try {
    const readAs = async (profile: WriterProfile) => {
      const writer = { store, id, state: { ...state, profile } };
      const tone = await ToneReader.open({ encoder, reader }, writer);
      return (await tone.read("a document", sentences, { unproven: true })).sentences;
    };
    const { tonePrompts: _, ...without } = state.profile;
    const readings = { own: await readAs(state.profile), withoutPrompts: await readAs(without) };
    return { ...state, readings };
  } finally {
    await encoder.release();
  }
}

describe.skipIf(weights.isMissing)(`Prompts for tone${weights.note}`, () => {
  test("are kept where they read later labels better, and no longer say the opposite of what the writer means.", async () => {
    const ironic = prepare(notes((isPraise) => (isPraise ? 5 : 1)));
    const { profile, report, readings } = await learnAndRead(ironic, [
      "The finale was brutal.",
      "The finale was charming.",
    ]);
    expect(report.heldOut.tone).toMatchObject({ usesPrompts: true });
    const { mean, error } = report.heldOut.tone!.promptGain!;
    expect(mean).toBeGreaterThan(error);
    expect(report.gate.tone.open).toBe(true);
    expect(profile.tonePrompts).toBeDefined();
    const [brutal, charming] = readings.own;
    const [plainBrutal, plainCharming] = readings.withoutPrompts;
    expect(brutal!.general.label).toBe("negative");
    expect(brutal!.personal!.label).not.toBe("negative");
    expect(charming!.general.label).toBe("positive");
    expect(charming!.personal!.label).not.toBe("positive");
    expect(brutal!.personal!.valence).toBeGreaterThan(plainBrutal!.personal!.valence);
    expect(charming!.personal!.valence).toBeLessThan(plainCharming!.personal!.valence);
  });

  test("are left out where they do not help beyond the writer's shift.", async () => {
    const kind = prepare(notes((_, at) => 3 + ((at * at * 31 + 7 * at) % 3)));
    const { profile, report } = await learnAndRead(kind, []);
    expect(report.heldOut.tone).toMatchObject({ usesPrompts: false });
    expect(profile.tonePrompts).toBeUndefined();
    expect(profile.tone!.parameters.promptWeight).toBe(0);
  });

  test("are left out where labels have nothing to do with the texts, and the gate stays shut.", async () => {
    const thrown = prepare(notes((_, at) => 1 + ((at * at * 31 + 7 * at) % 5)));
    const { profile, report } = await learnAndRead(thrown, []);
    expect(report.gate.tone.open).toBe(false);
    expect(report.heldOut.tone).toMatchObject({ usesPrompts: false });
    expect(profile.tonePrompts).toBeUndefined();
  });
});
