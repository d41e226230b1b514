import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WordGuesser } from "../../../src/learning/word-guesser.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { type GeneralReader, generalReader } from "../../../src/profile/profile.ts";
import type { ProfileState } from "../../../src/profile/versions.ts";
import { zeroPrompts } from "../../../src/prompts/soft-prompts.ts";
import { OwnVocabulary } from "../../../src/readings/words/own-vocabulary.ts";
import { suggestWords } from "../../../src/readings/words/suggest-words.ts";
import type { Store } from "../../../src/store/store.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const texts: Readonly<Record<number, readonly string[]>> = {
  1: ["The River was long.", "We know the River."],
  2: ["Only the River was there.", "A bridge over water.", '"Water," we wrote, "Water."'],
  3: ["Der Bridge war long."],
};
const store = {
  documents: {
    list: () => [1, 2, 3].map((id) => ({ id, path: `/b/${id}.md`, ...(id === 3 ? { language: "de" } : {}) })),
    sentences: (id: number) => texts[id]!.map((text, at) => ({ text, start: 100 * at })),
  },
  writers: { chosenFiles: () => undefined },
} as unknown as Store;
const still = async () => {};

function stateWith(open: boolean, prompts: object): ProfileState {
  const gate = { masking: { open, reason: "no proven gain" } };
  return { kind: "open", id: "1", profile: { prompts }, report: { gate } } as unknown as ProfileState;
}

describe("Words that a writer would use", () => {
  let reader: GeneralReader;
  let guesser: WordGuesser;
  let vocabulary: OwnVocabulary;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "idiolect-words-"));
    reader = generalReader(
      await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache")),
    );
    guesser = new WordGuesser(reader.model, { threads: 1 });
    vocabulary = await OwnVocabulary.of(store, 1, reader.model, still);
  });
  afterAll(() => guesser.release());

  const place = (text = "long") => {
    const sentence = `The river was ${text} when we came.`;
    const start = sentence.indexOf(text);
    return {
      sentences: [sentence],
      sentence: 0,
      target: { text, hidden: { start, end: start + text.length } },
      path: "/b/2.md",
    };
  };
  const suggest = (state: ProfileState | undefined, at = place(), limit = 200) =>
    suggestWords({ reader, guesser, state, breathe: still, vocabulary: async () => vocabulary }, at, limit);

  it("are whole words of the writer's own documents, likeliest first, never the one that is there.", async () => {
    const prompts = zeroPrompts(reader.model.config, 4);
    const random = createRandom("words");
    const own = { ...prompts, values: prompts.values.map(() => random.normal()) };
    const suggested = await suggest(stateWith(true, own));
    const words = suggested.own!.map(({ word }) => word);
    expect(new Set(words)).toEqual(
      new Set(["the", "River", "was", "we", "know", "only", "there", "a", "bridge", "over", "water"]),
    );
    expect(suggested.own!.map(({ share }) => share)).toEqual(
      suggested.own!.map(({ share }) => share).toSorted((a, b) => b - a),
    );
    for (const { share, generalShare } of suggested.own!) expect(share).not.toBe(generalShare);
  });

  it("come with how often and where they stand, not in the document that is written.", async () => {
    const { own } = await suggest(stateWith(true, zeroPrompts(reader.model.config, 4)));
    expect(own!.find(({ word }) => word === "River")).toMatchObject({
      uses: 3,
      passages: [{ text: "The River was long.", path: "/b/1.md", start: 0 }],
    });
    expect(own!.find(({ word }) => word === "bridge")).toMatchObject({ uses: 1, passages: [] });
  });

  it("are not told behind a closed gate, which says why; those of anybody are.", async () => {
    const suggested = await suggest(stateWith(false, zeroPrompts(reader.model.config, 4)));
    expect(suggested).toMatchObject({ own: undefined, closed: { reason: "no proven gain" } });
    const words = suggested.general.map(({ word }) => word);
    expect(words).toContain("made");
    expect(words).not.toContain("long");
    expect(words.filter((word) => word.length === 1)).toEqual(
      ["a", "i"].filter((word) => words.includes(word)),
    );
    expect(suggested.general.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5);
    expect((await suggest(undefined)).closed?.reason).toBe("nothing has been learned yet");
  });

  it("agree with the article before them.", async () => {
    const sentence = "It was a long day.";
    const target = { text: "long", hidden: { start: 9, end: 13 } };
    const { general } = await suggest(undefined, { ...place(), sentences: [sentence], target });
    const words = general.map(({ word }) => word);
    expect(words).toContain("river");
    expect(words).not.toContain("other");
  });

  it("are in capitals where what stood there was.", async () => {
    const { general } = await suggest(undefined, place("LONG"), 3);
    for (const { word } of general) expect(word).toBe(word.toUpperCase());
  });
});
