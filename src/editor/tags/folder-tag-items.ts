import type { MissingTags, SuggestedTag } from "../../protocol/tag-suggestions.ts";
import { formatCount, formatPercent } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";
import { safeText } from "../messages/safe-text.ts";

/** What was found for a document of the folder. */
export interface FolderDocument {
  readonly path: string;
  /** As people read it: relative to the workspace. */
  readonly name: string;
  readonly missing: MissingTags;
}

/**
 * A line of the list: a document, or below it a tag that it lacks; those that were never used have a line of their own
 * above them. Texts are safe to show.
 */
export type FolderTagItem =
  | { readonly kind: "document"; readonly label: string }
  | {
      readonly kind: "tag";
      readonly path: string;
      readonly tag: string;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
      /** Likelier right than not, and used before: it is chosen to begin with. */
      readonly isLikely: boolean;
    };

/** Tags of a lower score only make the list long. */
export const leastFolderScore = 0.2;
const likelyScore = 0.5;

/** Documents that lack tags, in order, each with its tags, best first. */
export function folderTagItems(documents: readonly FolderDocument[], t: Translate): readonly FolderTagItem[] {
  return documents.flatMap(({ path, name, missing }): readonly FolderTagItem[] => {
    if (missing.kind !== "suggested" || missing.tags.length === 0) return [];
    const has =
      missing.present.length === 0 ? t("no tags so far") : t("beside {0}", missing.present.join(", "));
    const itemOf = ({ tag, score, reasons, isNew }: SuggestedTag): FolderTagItem => {
      return {
        kind: "tag",
        path,
        tag,
        label: safeText(tag),
        // The editor shortens what stands on the line of a separator, so that is the name alone.
        description: safeText(`${formatPercent(score, 0, t)}, ${has}`),
        detail: safeText(reasons[0] ?? ""),
        isLikely: !isNew && score >= likelyScore,
      };
    };
    const [used, unused] = [
      missing.tags.filter(({ isNew }) => !isNew),
      missing.tags.filter(({ isNew }) => isNew),
    ];
    const apart = safeText(t("{0}: never used before, named in the text", name));
    return [
      { kind: "document", label: safeText(name) },
      ...used.map(itemOf),
      ...(unused.length === 0 ? [] : [{ kind: "document", label: apart } as const]),
      ...unused.map(itemOf),
    ];
  });
}

/** The tags chosen for each document, by its path, in the order of the list. */
export function chosenByDocument(
  chosen: readonly { readonly path: string; readonly tag: string }[],
): ReadonlyMap<string, readonly string[]> {
  const byPath = new Map<string, string[]>();
  for (const { path, tag } of chosen) byPath.set(path, [...(byPath.get(path) ?? []), tag]);
  return byPath;
}

/** Documents that tags would be suggested for, if they could be written; undefined where there are none. */
export function describeLeft(documents: readonly FolderDocument[], t: Translate): string | undefined {
  const refused = documents.flatMap(({ name, missing }) =>
    missing.kind === "refused" ? [{ name, ...missing }] : [],
  );
  const [first] = refused;
  if (first === undefined) return undefined;
  const told = `${safeText(first.name)}: ${first.reason} ${first.advice}`;
  return refused.length === 1
    ? t("One document cannot get tags by itself. {0}", told)
    : t("{0} documents cannot get tags by themselves. The first: {1}", formatCount(refused.length, t), told);
}
