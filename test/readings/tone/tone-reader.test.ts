import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { type GeneralReader, generalReader } from "../../../src/profile/profile.ts";
import type { ProfileState } from "../../../src/profile/versions.ts";
import { SentenceCache } from "../../../src/readings/tone/sentence-cache.ts";
import { readSentences } from "../../../src/readings/tone/sentence-reader.ts";
import { toneCorrections } from "../../../src/readings/tone/tone-corrections.ts";
import { ToneReader } from "../../../src/readings/tone/tone-reader.ts";
import { openStore } from "../../../src/store/open-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { textHash } from "../../../src/text/text-hash.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { learnToneReading } from "../../../src/tone/writer/tone-learning.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const sentences = [
  "The river was long and the bridge was not.",
  "They could see the water from there.",
  "People said so.",
];

describe("A reader of tone", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-tone-"));
  let reader: GeneralReader;
  let encoder: TextEncoder;
  let store: Store;
  let writers = 0;

  beforeAll(async () => {
    const model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
    reader = generalReader(model);
    encoder = new TextEncoder(model, { threads: 1 });
    store = openStore(join(folder, "store"));
  });
  afterAll(async () => {
    store.close();
    await encoder.release();
    rmSync(folder, { recursive: true });
  });

  it("shows what was taught where nothing was learned, and only where it counts", async () => {
    const id = newWriter();
    const nothing = await open(id, { kind: "none" });
    teach(id, sentences[0]!, 1);
    const taught = await open(id, { kind: "none" });

    const [before, after] = [await nothing.read("a", sentences), await taught.read("a", sentences)];

    expect(before.sentences.map(({ personal }) => personal)).toEqual([null, null, null]);
    expect(before.document.personal).toBeNull();
    expect(after.sentences[0]!.personal!.label).toBe("veryPositive");
    expect(after.document.personal!.valence).toBeGreaterThan(after.document.general.valence);
    expect(after.gate.open).toBe(false);
  });

  it("shows personal readings of a profile behind an open gate only, which answers open and close at once", async () => {
    const id = newWriter();
    teach(id, sentences[0]!, -1);
    const state = await learned(id);
    const closed = await (await open(id, state)).read("a", sentences);
    const answers = Array.from({ length: 12 }, (_, at) =>
      teach(id, `They said so ${at} times.`, -1, `${at}.md`),
    );
    const opened = await (await open(id, state)).read("a", sentences);
    for (const answer of answers) store.corrections.withdraw(answer);
    const again = await (await open(id, state)).read("a", sentences);

    expect(closed.gate.open).toBe(false);
    expect(closed.sentences.map(({ personal }) => personal?.label)).toEqual([
      "veryNegative",
      undefined,
      undefined,
    ]);
    expect(opened.gate.open).toBe(true);
    expect(opened.sentences.every(({ personal }) => personal !== null)).toBe(true);
    expect(opened.sentences[0]!.personal!.label).toBe("veryNegative");
    expect(opened.sentences[1]!.personal!.valence).toBeLessThan(opened.sentences[1]!.general.valence - 0.1);
    expect(again).toEqual(closed);
  });

  it("forgets a correction that was learned from once it is taken back", async () => {
    const id = newWriter();
    const correction = teach(id, sentences[0]!, 1);
    const state = await learned(id);
    store.corrections.withdraw(correction);
    const { sentences: read } = await (await open(id, state)).read("a", sentences);

    expect(read[0]!.personal).toBeNull();
  });

  it("reads a lesson that came without its sentence as it was said, of the very same sentence", async () => {
    const id = newWriter();
    const sentence = { kind: "tone", textHash: textHash(sentences[1]!), sentence: "", valence: 1 } as const;
    store.corrections.add(id, sentence);
    for (const state of [{ kind: "none" } as const, await learned(newWriter())]) {
      const { sentences: read } = await (await open(id, state)).read("a", sentences);
      expect(read.map(({ taught = false }) => taught)).toEqual([false, true, false]);
      expect(read[1]!.personal!.label).toBe("veryPositive");
    }
  });

  it("counts lessons without sentences as they were read where they were learned, and shows the same", async () => {
    const [whole, without] = [newWriter(), newWriter()];
    for (const [at, sentence] of [...sentences, "It rained.", "It did not.", "So what."].entries()) {
      for (const round of [0, 1]) teach(whole, `${sentence}${round}`, -1, `${at}.md`);
    }
    const state = await learned(whole);
    for (const { lesson } of store.corrections.list(whole)) {
      if (lesson.kind === "tone") store.corrections.add(without, { ...lesson, sentence: "" });
    }
    const [known, unknown] = [await open(whole, state), await open(without, state)];
    expect(unknown.gate).toEqual(known.gate);
    expect(unknown.gate.open).toBe(true);
    expect(await unknown.read("a", sentences)).toEqual(await known.read("a", sentences));
  });

  it("runs the model for sentences that it has not read before", async () => {
    const cache = new SentenceCache();
    const tone = await ToneReader.open({ encoder, reader, cache }, undefined);
    const [first] = await tone.encode(sentences);
    const again = await tone.encode([sentences[0]!, "Another one.", sentences[0]!]);

    expect(cache.size).toBe(4);
    expect(again[0]).toBe(first);
    expect(again[2]).toBe(first);
  });

  it("keeps what it has read before it was cancelled", async () => {
    const cache = new SentenceCache();
    const tone = await ToneReader.open({ encoder, reader, cache }, undefined);
    const many = Array.from({ length: 60 }, (_, at) => `People said so ${at} times.`);
    const stop = async () => {
      if (cache.size > 0) throw new Error("cancelled");
    };

    await expect(tone.encode(many, stop)).rejects.toThrow("cancelled");
    expect(cache.size).toBe(48);
  });

  it("keeps readings under the prompts of one version apart from those of others, and of none", async () => {
    const cache = new SentenceCache();
    const writer = { store, id: newWriter() };
    const { num_hidden_layers: layers, hidden_size: hiddenSize } = reader.model.config;
    const readUnder = async (state: ProfileState) => {
      const tone = await ToneReader.open({ encoder, reader, cache }, { ...writer, state });
      const [reading] = await tone.encode([sentences[0]!]);
      return reading!.latentPersonal;
    };
    const version = (id: string, value: number): ProfileState => ({
      kind: "open",
      id,
      profile: {
        tonePrompts: {
          layers,
          length: 1,
          hiddenSize,
          values: new Float32Array(layers * hiddenSize).fill(value),
        },
      },
      report: { gate: { tone: { open: true, reason: "" } } } as Extract<
        ProfileState,
        { kind: "open" }
      >["report"],
    });

    const [none, first, second] = [
      await readUnder({ kind: "none" }),
      await readUnder(version("a", 0)),
      await readUnder(version("b", 2)),
    ];

    expect(none).toBeUndefined();
    expect(first).toBeTypeOf("number");
    expect(second).not.toBe(first);
  });

  function newWriter(): number {
    return store.writers.ensure(`writer ${writers++}`).id;
  }

  /** With a document: an answer that was asked for. */
  function teach(writerId: number, sentence: string, valence: number, document?: string): string {
    const about = document === undefined ? {} : { documentPath: document, asked: true };
    const lesson = { kind: "tone", textHash: textHash(sentence), sentence, valence, ...about } as const;
    return store.corrections.add(writerId, lesson).id;
  }

  function open(id: number, state: ProfileState): Promise<ToneReader> {
    return ToneReader.open({ encoder, reader }, { store, id, state });
  }

  /** A profile that learned from the corrections. */
  async function learned(writerId: number): Promise<ProfileState> {
    const readers = { model: reader.model, encoder, general: reader.prompts };
    const taught = await toneCorrections(store.corrections.current(writerId), (texts) =>
      readSentences(readers, texts),
    );
    const labels = taught.map(({ label }) => label);
    const { scale } = await open(writerId, { kind: "none" });
    const tone = learnToneReading(labels, [], scale);
    return {
      kind: "open",
      id: "version",
      profile: { tone },
      // Of the report a reader looks at the gate alone, and only where no tone was learned.
      report: { gate: { tone: { open: false, reason: "" } } } as Extract<
        ProfileState,
        { kind: "open" }
      >["report"],
    };
  }
});
