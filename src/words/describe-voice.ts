import { type Translate, untranslated } from "./translate.ts";

/**
 * How much a paragraph sounds like the writer.
 * @param lower share of the writer's own paragraphs that score lower; null where there are too few words
 */
export function describeVoice(lower: number | null, t: Translate = untranslated): string {
  if (lower === null) return t("too short to tell");
  const tenths = Math.round(10 * lower);
  if (lower < 0.05) return t("hardly sounds like you: nearly all of your own paragraphs score higher");
  if (lower < 0.25) return t("sounds little like you: {0} of 10 of your own paragraphs score lower", tenths);
  return t("sounds like you: {0} of 10 of your own paragraphs score lower", tenths);
}
