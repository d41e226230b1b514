import type { Translate } from "./translate.ts";

/**
 * Where a sentence lies among the writer's own, as a sentence.
 * @param direction undefined where it is as usual
 * @param share of the writer's sentences, those on the other side of it, 0.5 to 1; told in tenths and, at the end, hundredths
 */
export function describeBaseline(
  { direction, share }: { readonly direction: "negative" | "positive" | undefined; readonly share: number },
  t: Translate,
): string {
  if (direction === undefined) return t("About as your sentences usually are.");
  const isNegative = direction === "negative";
  if (share >= 0.995) {
    return isNegative
      ? t("More negative than nearly all of your sentences.")
      : t("More positive than nearly all of your sentences.");
  }
  const [of, parts] =
    share >= 0.95 ? [Math.floor(100 * share), 100] : [Math.min(9, Math.round(10 * share)), 10];
  return isNegative
    ? t("More negative than {0} of {1} of your sentences.", of, parts)
    : t("More positive than {0} of {1} of your sentences.", of, parts);
}
