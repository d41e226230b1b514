import type { UsedTag } from "../../protocol/tone-history.ts";

/** A tag with those below it. */
export interface TagBranch {
  /** Whole: `boats/oars`. */
  readonly tag: string;
  /** Its last part: `oars`. */
  readonly name: string;
  /** How many documents have this very tag; 0 where only those below it are used. */
  readonly documents: number;
  readonly children: readonly TagBranch[];
}

/** Hierarchical tags in a tree, in the order in which they come. Their parts are apart by slashes. */
export function tagTree(tags: readonly UsedTag[]): readonly TagBranch[] {
  return branches(
    tags.map(({ tag, documents }) => ({ tag, documents, parts: partsOf(tag) })),
    [],
  );
}

/** A tag that only looks as if it had parts, such as `and/`, has one. */
function partsOf(tag: string): readonly string[] {
  const parts = tag.split("/");
  return parts.every((part) => part.trim() !== "") ? parts : [tag];
}

interface Parted extends UsedTag {
  readonly parts: readonly string[];
}

function branches(tags: readonly Parted[], above: readonly string[]): readonly TagBranch[] {
  const depth = above.length;
  const groups = Map.groupBy(
    tags.filter(({ parts }) => parts.length > depth),
    ({ parts }) => parts[depth]!.toLowerCase(),
  );
  return [...groups.values()].map((group) => {
    const own = group.find(({ parts }) => parts.length === depth + 1);
    const name = (own ?? group[0]!).parts[depth]!;
    const path = [...above, name];
    return {
      tag: own?.tag ?? path.join("/"),
      name,
      documents: own?.documents ?? 0,
      children: branches(group, path),
    };
  });
}
