import { hashtagsIn } from "../front-matter/tags/hashtags/hashtag.ts";
import { tagsIn } from "../front-matter/tags/tags.ts";
import { tagKey } from "../text/tag-key.ts";
import type { Part } from "./document.ts";

/** Tags in the text of a document, in the writer's spelling and order, each key once. */
export interface TextTags {
  /** `#boats`, `#boats/oars`, `#[[the long way]]`: tags where the writer uses such. */
  readonly hashtags: readonly string[];
  /** Of Logseq's properties (docs.logseq.com, 'Properties'): lines such as `tags:: boats, [[the long way]]`. */
  readonly properties: readonly string[];
}

const PROPERTY = /^[ \t]*(?:[-*+][ \t]+)?tags::[ \t]+([^\r\n]+)$/gim;

/** The tags in a text from `bodyStart` on: in what the writer says, never in headings, code, links, quotations and tables. */
export function tagsInText(source: string, bodyStart: number, parts: readonly Part[]): TextTags {
  const body = source.slice(bodyStart);
  const isText = (at: number) => isWritersText(source, bodyStart, parts, at);
  const properties: string[] = [];
  const lines: { start: number; end: number }[] = [];
  for (const { 0: line, 1: value = "", index } of body.matchAll(PROPERTY)) {
    if (parts.some((part) => part.kind === "code" && holds(part, bodyStart + index))) continue;
    lines.push({ start: index, end: index + line.length });
    properties.push(...value.split(",").map((tag) => tag.trim().replace(/^#?\[\[(.*)\]\]$/, "$1")));
  }
  const hashtags = hashtagsIn(body).filter(({ start }) => {
    return isText(bodyStart + start) && !lines.some((line) => line.start <= start && start < line.end);
  });
  return {
    hashtags: withoutRepeats(hashtags.map(({ tag }) => tag)),
    properties: tagsIn(new Map([["tags", properties]])),
  };
}

/**
 * Whether a place is in the writer's own text. All that hashtags have to know of the document's notation is here: in
 * prose it is known from the parts that the format found; elsewhere a line has to hold nothing but hashtags.
 */
function isWritersText(source: string, bodyStart: number, parts: readonly Part[], at: number): boolean {
  let prose: Part | undefined;
  for (const part of parts) {
    if (part.start > at) break;
    if (!holds(part, at)) continue;
    if (part.kind !== "prose") return false;
    prose = part;
  }
  const before = source.slice(Math.max(bodyStart, prose?.start ?? 0), at);
  if (before.lastIndexOf("<!--") > before.lastIndexOf("-->")) return false;
  if (prose !== undefined) return !/<[a-z!/][^<>]*$/i.test(before.slice(-longestMarkup));
  const start = before.lastIndexOf("\n") + 1;
  const line = before.slice(start) + (/^[^\r\n]{0,1000}/.exec(source.slice(at, at + 1000))?.[0] ?? "");
  return /^\s*(?:[-*+]\s+)?#[^\s#]+(?:\s+#[^\s#]+)*\s*$/.test(line);
}

const longestMarkup = 2_000;

const holds = ({ start, end }: Part, at: number): boolean => start <= at && at < end;

/** A text without its hashtags of these tags, for what is to tell from the other words whether the tags fit. */
export function withoutHashtags(text: string, tags: readonly string[]): string {
  const keys = new Set(tags.map(tagKey));
  const own = hashtagsIn(text).filter(({ tag }) => keys.has(tagKey(tag)));
  return own.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** Each key once, in its first spelling. */
export function withoutRepeats(tags: readonly string[]): readonly string[] {
  return [...new Map(tags.toReversed().map((tag) => [tagKey(tag), tag])).values()].toReversed();
}
