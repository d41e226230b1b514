import { type Translate, untranslated } from "./translate.ts";

type Label = "veryNegative" | "negative" | "neutral" | "positive" | "veryPositive";

/** A label of tone in words; null is that of a reading which is not clear enough for one. */
export function describeLabel(label: Label | null, t: Translate = untranslated): string {
  switch (label) {
    case null:
      return t("no tone");
    case "veryNegative":
      return t("very negative");
    case "negative":
      return t("negative");
    case "neutral":
      return t("neutral");
    case "positive":
      return t("positive");
    case "veryPositive":
      return t("very positive");
    default:
      return label satisfies never;
  }
}
