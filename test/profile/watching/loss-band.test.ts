import { expect, test } from "vitest";
import { drawDocument } from "../../../scripts/gates/draw-losses.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { bandScore, lossBand, subtractLosses } from "../../../src/profile/watching/loss-band.ts";

test("A band of many documents finds the variances that they were drawn with.", () => {
  const random = createRandom("band");
  const documents = Array.from({ length: 600 }, () =>
    drawDocument(random, { mean: 3, between: 0.25, within: 2.5 }),
  );
  const band = lossBand(documents)!;
  expect(band.mean).toBeCloseTo(3, 1);
  expect(Math.sqrt(band.between)).toBeCloseTo(0.25, 1);
  expect(Math.sqrt(band.within)).toBeCloseTo(2.5, 1);
  expect(band.error).toBeLessThan(0.03);
});

test("Documents that differ by chance alone have nothing between them.", () => {
  const random = createRandom("same");
  const documents = Array.from({ length: 200 }, () =>
    drawDocument(random, { mean: 3, between: 0, within: 2.5 }),
  );
  expect(Math.sqrt(lossBand(documents)!.between)).toBeLessThan(0.15);
});

test("The same loss is more unusual in a long document than in a short one.", () => {
  const band = { documents: 20, mean: 3, error: 0.05, between: 0.04, within: 6 };
  const lossy = (passages: number) => ({
    passages: Array.from({ length: passages }, () => ({ masked: 15, loss: 15 * 3.5 })),
  });
  expect(bandScore(band, lossy(20))!.above).toBeGreaterThan(2 * bandScore(band, lossy(1))!.above);
});

test("Too few documents make no band, and a document without hidden words has no score.", () => {
  const random = createRandom("few");
  const documents = Array.from({ length: 3 }, () =>
    drawDocument(random, { mean: 3, between: 0.2, within: 2 }),
  );
  expect(lossBand(documents)).toBeUndefined();
  const band = { documents: 20, mean: 3, error: 0.05, between: 0.04, within: 6 };
  expect(bandScore(band, { passages: [{ masked: 0, loss: 0 }] })).toBeUndefined();
});

test("Documents of one passage each still make a band.", () => {
  const documents = [2, 3, 4, 3].map((loss) => ({ passages: [{ masked: 10, loss: 10 * loss }] }));
  expect(lossBand(documents)).toMatchObject({
    documents: 4,
    mean: 3,
    within: 0,
    between: expect.closeTo(2 / 3),
  });
});

test("Losses are subtracted passage by passage, and a document keeps what else it is.", () => {
  const of = (...losses: readonly number[]) => ({ passages: losses.map((loss) => ({ masked: 4, loss })) });
  expect(subtractLosses([{ path: "a", ...of(5, 6) }], [of(4, 8)])).toEqual([{ path: "a", ...of(1, -2) }]);
});
