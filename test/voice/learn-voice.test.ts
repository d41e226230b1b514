import { describe, expect, test } from "vitest";
import { mean } from "../../src/numbers/mean.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { evidenceFor, learnVoice, type VoicePassage } from "../../src/voice/learn-voice.ts";
import { weigh } from "../../src/voice/ranker.ts";
import { termNumbers } from "../../src/voice/term-counts.ts";
import { PassageSpace, passageTerms } from "../../src/voice/voice-background.ts";
import { voiceGate } from "../../src/voice/voice-gate.ts";
import { madeUpPassage, madeUpWriters } from "./made-up-writers.ts";

const common = new Set(["the", "and", "was", "we", "for", "on", "it", "so", "in", "a", "to"]);
const others = madeUpWriters.filter((writer) => writer !== "dashes");
const impostors = others.flatMap((writer) =>
  Array.from({ length: 6 }, (_, at) => ({
    writer,
    terms: passageTerms(madeUpPassage(writer, at), common),
  })),
);
const space = new PassageSpace({ common, impostors });
const unlike = impostors.map(({ writer, terms }) => ({ group: writer, vectors: space.vectors(terms) }));
const nothing = new Float32Array(termNumbers);

const passagesOf = (writer: string, count: number): readonly VoicePassage[] =>
  Array.from({ length: count }, (_, at) => ({
    group: `document ${at % 8}`,
    vectors: space.vectors(madeUpPassage(writer, 100 + at)),
  }));

describe("A voice", () => {
  test("scores passages that were not learned from above those of strangers.", async () => {
    const voice = await learnVoice(passagesOf("dashes", 24), unlike, nothing, createRandom(1));
    const score = (text: string): number => weigh(voice.ranker, evidenceFor(voice, space.vectors(text)));
    for (let at = 0; at < 10; at++) {
      expect(score(madeUpPassage("dashes", at))).toBeGreaterThan(score(madeUpPassage("doubts", 50 + at)));
    }
    expect(voiceGate(voice.heldOut)).toMatchObject({ open: true, documents: 8 });
  });

  test("of somebody who writes as all of the others do has a closed gate.", async () => {
    const mixed = others
      .flatMap((writer) => passagesOf(writer, 3))
      .map(({ vectors }, at) => ({
        group: `document ${at % 8}`,
        vectors,
      }));
    const voice = await learnVoice(mixed, unlike, nothing, createRandom(1));
    const gate = voiceGate(voice.heldOut);
    expect(gate.open).toBe(false);
    expect(gate.area?.mean).toBeLessThan(0.75);
  });

  test("scores each held-out passage without its document: one that was learned from scores higher.", async () => {
    const twice = passagesOf("dashes", 12).flatMap(({ vectors }) => [vectors, vectors]);
    const meanScore = async (groupOf: (at: number) => string): Promise<number> => {
      const own = twice.map((vectors, at) => ({ group: groupOf(at), vectors }));
      const { heldOut } = await learnVoice(own, unlike, nothing, createRandom(1));
      return mean(heldOut.own.map(({ score }) => score));
    };
    const apart = await meanScore((at) => `copies ${Math.floor(at / 2)}`);
    expect(await meanScore((at) => `copy ${at}`)).toBeGreaterThan(apart);
  });

  test("is the same again with the same seed.", async () => {
    const learn = () => learnVoice(passagesOf("asks", 12), unlike, nothing, createRandom(3));
    const [once, again] = [await learn(), await learn()];
    expect(again.heldOut).toEqual(once.heldOut);
    expect(again.ranker).toEqual(once.ranker);
  });

  test("of fewer than six documents has a closed gate.", () => {
    const own = [1, 2, 3, 4, 5].map((at) => ({ group: `document ${at}`, score: 5 }));
    expect(voiceGate({ own, others: [0, 1] })).toMatchObject({ open: false, documents: 5 });
  });
});
