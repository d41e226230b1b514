import type { ReadOpinion, ReadWriter } from "../../../src/lab/sentiment/read-writers.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { classShares } from "../../../src/tone/head/ordinal-scale.ts";
import { labelShares, toneClasses } from "../../../src/tone/head/tone-classes.ts";
import { direction, scale } from "../../tone/tone-texts.ts";

/** Writers with thirty known and twenty later texts of two classes, whose biases have the given deviation. */
export function drawWriters(count: number, deviation: number, seed = 1): readonly ReadWriter[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, number) => {
    const writer = `w${number}`;
    const bias = deviation * random.normal();
    const draw = (time: number): ReadOpinion => {
      const latent = 2 * random.normal();
      const [negative] = labelShares(classShares(latent + bias, scale), 2);
      const label = random() < negative! ? 0 : 1;
      const target = { kind: "classes", ...toneClasses(label, 2) } as const;
      const opinion = { writer, time, text: `${number} ${time}`, label };
      return { opinion, latent, vector: direction(360 * random()), target, weight: 1 };
    };
    const all = Array.from({ length: 50 }, (_, time) => draw(time));
    return { writer, known: all.slice(0, 30), later: all.slice(30) };
  });
}
