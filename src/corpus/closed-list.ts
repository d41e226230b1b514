import { tagsIn } from "../front-matter/tags/tags.ts";

/** The tags of a file that lists them, one a line: plain, with a hash, or as the items of a YAML list. `# …` is a remark. */
export function parseClosedList(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^#(?:\s|$)|^(?:---|\.\.\.)$/.test(line))
    .map((line) => line.replace(/^[-*]\s+/, ""));
  return tagsIn(new Map([["tags", lines]]));
}
