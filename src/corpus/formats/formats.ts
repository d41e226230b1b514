import { posix } from "node:path";
import type { Format } from "./format.ts";
import { markdown, mdx } from "./markdown.ts";
import { plainText } from "./plain-text.ts";

/** All formats that are read. */
export const formats: readonly Format[] = [markdown, mdx, plainText];

/** A glob for the files of all formats. */
export const formatsGlob = `**/*.{${formats.flatMap(({ endings }) => endings).join(",")}}`;

/** The format that a path names; what has another ending, or none, is read as Markdown. */
export function formatOf(path: string): Format {
  const ending = posix.extname(path).slice(1).toLowerCase();
  return formats.find(({ endings }) => endings.includes(ending)) ?? markdown;
}
