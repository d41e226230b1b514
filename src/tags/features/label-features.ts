import { dot } from "../../numbers/vectors.ts";
import { type FeatureGroup, standardised } from "../tag-query.ts";

/** The unit-length vector of a tag's own words, by key; undefined where it has not been made. */
export type LabelVectors = (tag: string) => Float32Array | undefined;

/** Cosine of the document with the tag's own words, plain and standardised within the document. */
export function labelFeatures(labelVector: LabelVectors): FeatureGroup {
  return {
    names: ["label.cosine", "label.cosineStandardised"],
    write({ document, memory, tags }, columns) {
      const cosines = Float64Array.from(tags, (tag) => {
        const label = labelVector(memory.keyOf(tag));
        return label === undefined || document.vectors.length === 0
          ? Number.NaN
          : dot(label, document.vector);
      });
      columns.set("label.cosine", cosines);
      columns.set("label.cosineStandardised", standardised(cosines));
    },
  };
}

/** The words of a tag as a model should read them: `free-software` is 'free software', `garden/roses` 'garden roses'. */
export function labelWords(tag: string): string {
  return tag.replaceAll(/[-_/]+/g, " ").trim();
}
