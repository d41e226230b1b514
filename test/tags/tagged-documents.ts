import type { TaggedDocument } from "../../src/tags/tagged-document.ts";

/** A small document; its vector is given by hand, or [1, 0]. */
export function documentOf(
  day: number,
  text: string,
  tags: readonly string[],
  numbers: readonly number[] = [1, 0],
): TaggedDocument {
  const length = Math.hypot(...numbers);
  const vector = Float32Array.from(numbers, (value) => value / length);
  const [title = "", ...rest] = text.split("\n");
  return {
    id: `${day}.md`,
    timeMs: day * 86_400_000,
    title,
    text: rest.join("\n"),
    tags,
    vectors: [vector],
    vector,
  };
}
