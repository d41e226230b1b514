import { expect, test } from "vitest";
import type { RankerPrior } from "../../src/tags/ranker/ranker.ts";
import { TagSuggester, type TagSuggesterOptions } from "../../src/tags/tag-suggester.ts";
import type { TaggedDocument } from "../../src/tags/tagged-document.ts";
import { documentOf } from "./tagged-documents.ts";

const feature = (weight: number) => ({ mean: 0, deviation: 1, weight });
/** A prior that a reader can follow: neighbours, literal matches and a little frequency. */
const prior: RankerPrior = {
  version: 1,
  bias: -4,
  features: {
    "document.share5": feature(4),
    "tfidf.share5": feature(2),
    "literal.inTitle": feature(3),
    "history.logCount": feature(0.3),
  },
};

function baking(day: number): TaggedDocument {
  return documentOf(day, `Bread no. ${day}\nflour and water in the oven`, ["Baking"], [1, day / 100]);
}

function sailing(day: number): TaggedDocument {
  return documentOf(day, `Boat no. ${day}\nrope and wind at sea`, ["sailing"], [day / 100, 1]);
}

function taught(options: TagSuggesterOptions = {}): TagSuggester {
  const suggester = new TagSuggester({ prior, ...options });
  for (let day = 1; day <= 8; day++) {
    suggester.learn(baking(2 * day));
    suggester.learn(sailing(2 * day + 1));
  }
  return suggester;
}

const roll = documentOf(40, "A roll\nflour, butter and the oven", [], [1, 0.2]);

test("the tag of similar documents comes first, in the writer's spelling", () => {
  const [first] = taught().explain(roll, 2);
  expect(first).toMatchObject({ tag: "Baking", key: "baking" });
});

type Kind = readonly [tag: string, text: string];

/** A writer with one tag in a third of the documents, and another in the others, whose vectors say nothing. */
function suggestedFor(rare: Kind, often: Kind, asked: string) {
  const suggester = new TagSuggester();
  for (let day = 1; day <= 24; day++) {
    const [tag, text] = day % 3 === 0 ? rare : often;
    suggester.learn(documentOf(day, `${day}\n${text}`, [tag]));
  }
  return suggester.suggest(documentOf(30, asked, []), 2);
}

test("a tag is seen in a text whose writing puts no spaces between words", () => {
  const photographs: Kind = ["写真", "昨日は公園で写真を撮った。"];
  const kitchen: Kind = ["料理", "朝から台所でパンを焼いた。"];
  expect(suggestedFor(photographs, kitchen, "旅\n海で写真を少し撮りました。")[0]?.tag).toBe("写真");
});

test("a tag that was written without accents is seen in a text that has them", () => {
  const scoreFor = (place: string) => {
    const film: Kind = ["cinema", "Nous sommes allés voir un film."];
    const kitchen: Kind = ["cuisine", "Nous avons fait du pain ce matin."];
    const tags = suggestedFor(film, kitchen, `Hier\nUne soirée au ${place}, rien de plus.`);
    return tags.find(({ tag }) => tag === "cinema")!.score;
  };
  expect(scoreFor("cinéma")).toBe(scoreFor("cinema"));
  expect(scoreFor("cinéma")).toBeGreaterThan(scoreFor("musée"));
});

test("scores are probabilities with four decimals, best first", () => {
  const scores = taught()
    .suggest(roll, 5)
    .map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  for (const score of scores) expect(score).toBe(Math.round(score * 1e4) / 1e4);
});

test("the document's own tags are not looked at", () => {
  const suggester = taught();
  expect(suggester.suggest({ ...roll, tags: ["sailing"] }, 5)).toEqual(suggester.suggest(roll, 5));
});

test("a reason names the similar documents, and how many of the nearest have the tag", () => {
  const [first] = taught().explain(roll, 1);
  const similar = first?.reasons.find(({ kind }) => kind === "similarDocuments");
  expect(similar).toMatchObject({ kind: "similarDocuments", tagged: 8, nearest: 15 });
  expect(similar?.kind === "similarDocuments" && similar.documents[0]?.id).toBe("16.md");
});

test("a reason counts earlier documents with the tag's words, and how many of them have it", () => {
  const suggester = taught();
  suggester.learn(documentOf(50, "On sailing\nsailing at night", ["sailing"], [0, 1]));
  suggester.learn(documentOf(51, "Fog\nno sailing today", ["weather"], [0.5, 1]));
  const asked = documentOf(52, "Sailing\nagain sailing, always sailing", [], [0, 1]);
  const reasons = suggester.explain(asked, 1)[0]?.reasons;
  expect(reasons).toContainEqual({ kind: "literal", inTitle: true, countInText: 2, matching: 2, tagged: 1 });
});

test("a new tag works from its first use", () => {
  const suggester = taught();
  suggester.learn(documentOf(60, "Chess\nqueen takes rook", ["chess"], [-1, -1]));
  const asked = documentOf(61, "Endgame\nqueen against rook, a game of chess", [], [-1, -0.9]);
  expect(suggester.suggest(asked, 1)[0]?.tag).toBe("chess");
});

test("a copy in the memory counts for nothing: answers are as without it", () => {
  const copy = documentOf(99, "A roll\nflour, butter  and the oven", ["rolls", "Baking"], [1, 0.2]);
  const [plain, withCopy] = [taught(), taught()];
  withCopy.learn(copy);
  const state = plain.state();
  const restored = (extra: readonly TaggedDocument[]) => {
    const suggester = taught({ state });
    for (const document of extra) suggester.learn(document);
    return suggester;
  };
  expect(restored([copy]).explain(roll, 9)).toEqual(restored([]).explain(roll, 9));
  expect(withCopy.suggest(roll, 9).map(({ tag }) => tag)).not.toContain("rolls");
});

test("a veto takes the tag from its document, and weighs on near ones", () => {
  const suggester = taught();
  const near = { ...documentOf(41, "Rolls\nflour and butter", [], [1, 0.21]), id: "near.md" };
  const before = suggester.suggest(near, 1)[0]!;
  suggester.correct("veto", "baking", roll);
  expect(suggester.suggest(roll, 5).map(({ tag }) => tag)).not.toContain("baking");
  const after = suggester.suggest(near, 5).find(({ tag }) => tag === before.tag);
  expect(after?.score ?? 0).toBeLessThan(before.score);
});

test("a tag the writer adds comes first for that document, with that as the reason", () => {
  const suggester = taught();
  suggester.correct("add", "Breakfast", roll);
  const [first] = suggester.explain(roll, 3);
  expect(first).toMatchObject({ key: "breakfast", score: 1, reasons: [{ kind: "correction" }] });
});

test("corrections can be carried to a new suggester", () => {
  const suggester = taught();
  suggester.correct("veto", "baking", roll);
  const corrections = JSON.parse(JSON.stringify(suggester.corrections)) as typeof suggester.corrections;
  expect(taught({ corrections }).suggest(roll, 5)).toEqual(suggester.suggest(roll, 5));
});

test("with a closed list nothing else is suggested", () => {
  const tags = taught({ closedList: ["Sailing", "cooking"] })
    .suggest(roll, 5)
    .map(({ tag }) => tag);
  expect(tags.toSorted()).toEqual(["cooking", "sailing"]);
});

test("a state written as JSON and the same documents give the same answers", () => {
  const suggester = taught();
  const state = JSON.parse(JSON.stringify(suggester.state())) as ReturnType<typeof suggester.state>;
  expect(taught({ state }).explain(roll, 5)).toEqual(suggester.explain(roll, 5));
});

test("a document without vectors is read by its words", () => {
  const suggester = taught();
  const plain = { ...roll, vectors: [], vector: new Float32Array(0) };
  expect(suggester.suggest(plain, 1)[0]?.tag).toBe("baking");
});

test("nothing learned means nothing suggested", () => {
  expect(new TagSuggester({ prior }).suggest(roll, 5)).toEqual([]);
});

test("remembered and asked in steps, it answers the same", () => {
  const state = taught().state();
  const [whole, stepped] = [taught({ state }), taught({ state })];
  whole.learn(roll);
  for (const _ of stepped.rememberInSteps(roll));
  const asked = documentOf(45, "Bread\nflour and butter", [], [1, 0.1]);
  const steps = stepped.explainInSteps(asked, 9);
  let answer = steps.next();
  while (answer.done !== true) answer = steps.next();
  expect(answer.value).toEqual(whole.explain(asked, 9));
});

test("a step compares with sixteen documents at most, so that long blogs hold nobody up", () => {
  const documents = 320;
  const suggester = new TagSuggester({ prior, state: { version: 1, ranker: prior } });
  for (let day = 0; day < documents; day++) suggester.learn(baking(day));
  expect([...suggester.explainInSteps(roll, 5)].length).toBeGreaterThan(documents / 16);
});
