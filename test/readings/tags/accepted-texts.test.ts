import { expect, test } from "vitest";
import {
  acceptedByPath,
  acceptingText,
  type PlacedText,
  wasTakenFor,
} from "../../../src/readings/tags/accepted-texts.ts";

const post: PlacedText = {
  path: "untitled:Untitled-1",
  sentences: ["The river was high.", "We waited at the bridge.", "Nobody came.", "It rained."],
};
const other: PlacedText = {
  path: "/blog/other.md",
  sentences: [
    "Tea is better than coffee.",
    "It rained.",
    "I read a book.",
    "The book was long.",
    "It ended.",
  ],
};

function taken(text: PlacedText, tag = "river") {
  const accepting = acceptingText(text);
  return { ...accepting, sentences: Uint8Array.from(accepting.sentences), number: 1, tag, acceptedMs: 1 };
}

const asEntries = (found: ReadonlyMap<string, ReadonlySet<string>>) =>
  [...found].map(([path, tags]) => [path, ...tags]);

test("A tag taken for a document that was no file yet counts for the file that it became.", () => {
  const saved = { path: "/blog/river.md", sentences: post.sentences };
  expect(asEntries(acceptedByPath([taken(post)], [other, saved]))).toEqual([["/blog/river.md", "river"]]);
});

test("It still does when the text was written on, cut, and its file renamed.", () => {
  const longer = {
    path: "/blog/river.md",
    sentences: [...post.sentences, "One.", "Two.", "Three.", "Four.", "Five."],
  };
  const shorter = { path: "/blog/2020/river.md", sentences: post.sentences.slice(0, 3) };
  expect(asEntries(acceptedByPath([taken(post)], [other, longer]))).toEqual([["/blog/river.md", "river"]]);
  expect(asEntries(acceptedByPath([taken(post)], [other, shorter]))).toEqual([
    ["/blog/2020/river.md", "river"],
  ]);
});

test("A new text at the old path does not inherit what was taken for the one that was moved away.", () => {
  const first = { ...post, path: "/blog/draft.md" };
  const moved = { ...post, path: "/blog/river.md" };
  const fresh = { ...other, path: "/blog/draft.md" };
  expect(asEntries(acceptedByPath([taken(first)], [fresh, moved]))).toEqual([["/blog/river.md", "river"]]);
});

test("A text that was rewritten at its place, and one of an earlier version, are known by their path.", () => {
  const rewritten = { ...other, path: "/blog/river.md" };
  const former = { ...taken({ path: "/blog/river.md", sentences: [] }), textHash: "" };
  expect(asEntries(acceptedByPath([taken({ ...post, path: "/blog/river.md" })], [rewritten]))).toEqual([
    ["/blog/river.md", "river"],
  ]);
  expect(asEntries(acceptedByPath([former], [rewritten]))).toEqual([["/blog/river.md", "river"]]);
});

test("One sentence in common makes no two texts one.", () => {
  expect(asEntries(acceptedByPath([taken(post)], [other]))).toEqual([]);
  expect(wasTakenFor(taken(post), other)).toBe(false);
  expect(wasTakenFor(taken(post), { ...post, path: "/blog/river.md" })).toBe(true);
});

test("No word of a text is kept with what was taken for it.", () => {
  const { sentences } = acceptingText(post);
  expect(sentences).toHaveLength(8 * post.sentences.length);
  expect(Buffer.from(sentences).toString("latin1")).not.toContain("river");
});
