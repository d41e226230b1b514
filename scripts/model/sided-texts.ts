import { type LabelledSource, readLabelled } from "../../src/lab/measures/measuring-sources.ts";
import { sideOfClass } from "../../src/lab/tone/measure-sides.ts";

/** A text, and its side: 0 negative, 1 none, 2 positive. */
export interface SidedText {
  readonly text: string;
  readonly side: number;
}

/** The texts of a set that have a label, in the order of its file. */
export const sidedTexts = (dataPath: string, { file, labelOf }: LabelledSource): readonly SidedText[] =>
  readLabelled(dataPath, file).flatMap((row) => {
    const label = labelOf(row);
    return label === undefined ? [] : [{ text: row.text, side: sideOfClass(label) }];
  });
