import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { type Candidate, QuestionChooser } from "../../../src/tone/writer/question-chooser.ts";
import { WriterPosterior } from "../../../src/tone/writer/writer-posterior.ts";
import { scale, text } from "../tone-texts.ts";

const before = WriterPosterior.before(scale);

/** Sentences in documents of four, each in a direction of its own. */
function sentences(count: number): readonly Candidate[] {
  const random = createRandom(2);
  return Array.from({ length: count }, (_, at) => ({
    ...text(`s${at}`, 2.5 * random.normal(), (360 * at) / count),
    document: `d${Math.floor(at / 4)}`,
  }));
}

/** Asks so many, each answered as everybody would. */
function ask(candidates: readonly Candidate[], count: number): readonly Candidate[] {
  const chooser = new QuestionChooser(candidates, scale);
  const asked: Candidate[] = [];
  while (asked.length < count) {
    const next = chooser.next(asked, before);
    if (next === undefined) break;
    asked.push(next);
  }
  return asked;
}

describe("what to ask a writer about", () => {
  it("is never the same twice, and no more than two of a document", () => {
    const asked = ask(sentences(80), 12);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(12);
    const perDocument = Map.groupBy(asked, ({ document }) => document).values();
    expect(Math.max(...perDocument.map(({ length }) => length))).toBeLessThanOrEqual(2);
  });

  it("is never two texts that are alike", () => {
    const [first, ...rest] = sentences(60);
    const twin = { ...first!, key: "twin", document: "elsewhere" };
    const asked = ask([first!, twin, ...rest], 40).map(({ key }) => key);
    expect(asked.includes("s0") && asked.includes("twin")).toBe(false);
  });

  it("is a clear text every third time", () => {
    const candidates = sentences(80);
    const clearness = ({ latent }: Candidate) => Math.abs(latent);
    const clear = candidates.toSorted((a, b) => clearness(b) - clearness(a)).slice(0, 30);
    const asked = ask(candidates, 12);
    for (const at of [2, 5, 8, 11]) expect(clear).toContain(asked[at]);
  });

  it("tells more than most others would, by what answers are expected to say", () => {
    const flat = sentences(40).map((one) => ({ ...one, latent: 0, textScale: 8 }));
    const telling = { ...text("telling", 1, 7), document: "other" };
    expect(ask([...flat, telling], 1)).toEqual([telling]);
  });

  it("is nothing where nothing is left", () => {
    expect(ask([], 3)).toEqual([]);
    expect(ask(sentences(3), 12).length).toBeLessThanOrEqual(3);
  });
});
