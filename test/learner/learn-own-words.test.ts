import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LearningStopped } from "../../src/learner/errors.ts";
import { learn } from "../../src/learner/learn.ts";
import type { Pace } from "../../src/learner/pace.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { type OwnWordsReport, reportShape } from "../../src/profile/report.ts";
import type { LearningJob } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "./job.ts";
import { preparedOnce } from "./prepared-once.ts";
import { writeTinyModel } from "./tiny-model.ts";

/** Words that the tiny model knows; none of them stands in too many sentences to be measured. */
const places = "bridge,river,water,time,people,way,him,them,little,other,some,these,use,first,two".split(",");
const judgements = ["It was a good day", "It was not what I wanted", "Nobody came", "We made tea over it"];

/** Some 6,000 words in 28 documents, most of which can be guessed. */
function writePlacesBlog(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const random = createRandom("places");
  for (let at = 0; at < 28; at++) {
    const sentence = (_: unknown, line: number): string => {
      const judgement = judgements[(at + line) % judgements.length]!;
      const place = places[random.integer(places.length)]!;
      return `${judgement} at the ${place}, and I was there with her for ${line + at} hours.`;
    };
    const text = Array.from({ length: 16 }, sentence).join(" ");
    const day = String(at + 1).padStart(2, "0");
    writeFileSync(join(folder, `${day}.md`), `---\ndate: 2024-01-${day}\n---\n\n${text}\n`);
  }
  return folder;
}

/** Learns, or pauses as soon as own words are looked for; says whether they were. */
async function lookedFor(job: LearningJob, { isPaused = false } = {}): Promise<boolean> {
  let pace: Pace | undefined;
  let looked = false;
  const ports = {
    emit: (message: Parameters<Parameters<typeof learn>[1]["emit"]>[0]) => {
      if (message.kind !== "progress" || message.stage !== "words") return;
      looked = true;
      if (isPaused) pace?.stop("pause", "for the test");
    },
    clock: Date.now,
    onPace: (made: Pace) => {
      pace = made;
    },
  };
  const done = learn(job, ports);
  if (isPaused) await expect(done).rejects.toBeInstanceOf(LearningStopped);
  else await done;
  return looked;
}

function versionsOf({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  const versions = store.profileVersions.list(store.writers.named(writer)!.id);
  return versions.map(({ id, report }) => ({ id, report: reportShape.parse(report) }));
}

function ownWordsOf(job: LearningJob): OwnWordsReport | undefined {
  return versionsOf(job)[0]!.report.ownWords;
}

describe("Words that are used in a way of the writer's own", { timeout: 240_000 }, () => {
  const learned = preparedOnce(async (folder) => {
    const where = {
      folders: [writePlacesBlog(join(folder, "blog"))],
      storePath: join(folder, "store"),
      modelPath: writeTinyModel(join(folder, "model")),
      cachePath: join(folder, "cache"),
    };
    const job = smallJob(where, { epochs: 12, peakRate: 5e-2 });
    await lookedFor(job, { isPaused: true });
    return job;
  });

  test("are looked for once a version is in use whose prompts help.", async () => {
    const [version] = versionsOf(await learned());
    expect(version!.report.gate.masking.open).toBe(true);
    expect(version!.report.ownWords).toBeUndefined();
  });

  test("are looked for when somebody learns again where that was cut short, and kept with the version.", async () => {
    const job = await learned();
    const [before] = versionsOf(job);
    expect(await lookedFor(job)).toBe(true);
    expect(versionsOf(job).map(({ id }) => id)).toEqual([before!.id]);
    expect(ownWordsOf(job)!.measured).toBeGreaterThan(10);
  });

  test("are not looked for again while nothing changes.", async () => {
    const job = await learned();
    await lookedFor(job);
    const found = ownWordsOf(job);
    expect(await lookedFor(job)).toBe(false);
    expect(ownWordsOf(job)).toEqual(found);
  });
});
