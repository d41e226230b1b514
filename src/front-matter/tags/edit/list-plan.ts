import type { TagItem } from "../fields/tag-field.ts";

/** What becomes of an item of a list. */
export type Slot =
  | { readonly kind: "keep" | "remove" }
  /** Another text takes its place. */
  | { readonly kind: "replace"; readonly text: string };

/** How a list of tags becomes another with few changes. */
export interface ListPlan {
  /** One for each item. */
  readonly slots: readonly Slot[];
  /** New tags, by the place of the item that they follow; −1: before all others. */
  readonly additions: ReadonlyMap<number, readonly string[]>;
}

/** A tag that is wanted: its key, and how it is written where it is new. */
export interface WishedTag {
  readonly key: string;
  readonly text: string;
}

/**
 * Tags that are wanted stay as they are written; where their order changes they change places. What is
 * no tag at all (an empty item) is left alone.
 */
export function planList(source: string, items: readonly TagItem[], wished: readonly WishedTag[]): ListPlan {
  const places = firstPlaces(items);
  const kept = wished.flatMap(({ key }) => places.get(key) ?? []);
  const taken = kept.toSorted((a, b) => a - b);
  const takenBy = new Map(taken.map((place, at) => [place, kept[at]!]));
  const isReordered = kept.some((place, at) => place !== taken[at]);
  const keys = new Set(wished.map(({ key }) => key));
  const slots = items.map(({ key }, place): Slot => {
    if (key === undefined) return { kind: "keep" };
    if (!keys.has(key)) return { kind: "remove" };
    if (!isReordered) return { kind: "keep" };
    // The second of two spellings of one tag would get in the way of the new order.
    const from = takenBy.get(place);
    if (from === undefined) return { kind: "remove" };
    return from === place ? { kind: "keep" } : { kind: "replace", text: textOf(source, items[from]!) };
  });
  return withAdditions(slots, additionsAfter(wished, places, taken));
}

function firstPlaces(items: readonly TagItem[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [place, { key }] of items.entries()) {
    if (key !== undefined && !places.has(key)) places.set(key, place);
  }
  return places;
}

function additionsAfter(
  wished: readonly WishedTag[],
  places: ReadonlyMap<string, number>,
  taken: readonly number[],
): Map<number, string[]> {
  const additions = new Map<number, string[]>();
  let [after, passed] = [-1, 0];
  for (const { key, text } of wished) {
    if (places.has(key)) after = taken[passed++]!;
    else {
      const texts = additions.get(after) ?? [];
      texts.push(text);
      additions.set(after, texts);
    }
  }
  return additions;
}

/** Where nothing stays, the first new tag takes the place of the first old one, and its surroundings. */
function withAdditions(slots: readonly Slot[], additions: Map<number, string[]>): ListPlan {
  const first = slots.findIndex(({ kind }) => kind === "remove");
  const [text, ...others] = additions.get(-1) ?? [];
  if (first < 0 || text === undefined || slots.some(({ kind }) => kind !== "remove"))
    return { slots, additions };
  return {
    slots: slots.with(first, { kind: "replace", text }),
    additions: new Map(others.length === 0 ? [] : [[first, others]]),
  };
}

function textOf(source: string, { start, end }: TagItem): string {
  return source.slice(start, end);
}
