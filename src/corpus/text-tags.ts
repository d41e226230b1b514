import type { Stretch } from "../front-matter/lines.ts";
import { hashtagsIn } from "../front-matter/tags/hashtags/hashtag.ts";
import { tagsIn } from "../front-matter/tags/tags.ts";
import { tagKey } from "../text/tag-key.ts";

/** Tags in the text of a document, in the writer's spelling and order, each key once. */
export interface TextTags {
  /** `#boats`, `#boats/oars`, `#[[the long way]]`: tags where the writer uses such. */
  readonly hashtags: readonly string[];
  /** Of Logseq's properties (docs.logseq.com, 'Properties'): lines such as `tags:: boats, [[the long way]]`. */
  readonly properties: readonly string[];
}

/** A line that is a property, as its parser has found it. */
const PROPERTY = /^(?:\*\*)?tags::(?:\*\*)?[ \t]+([^\r\n]+)/i;
/** References stand apart by themselves: `[[the long way]] #boats`; words do by commas. */
const PROPERTY_TAG = /#?\[\[([^[\]]+)\]\]|(?<=^|[\s,])#([^\s#,]+)|(?:(?!#?\[\[|(?<=[\s,])#)[^,])+/g;

/** A tag where it stands in a text, with its hash and brackets. */
export interface TextTag extends Stretch {
  readonly kind: "hashtag" | "property";
  readonly tag: string;
  /** Written with a hash: `#boats`. */
  readonly isHashed: boolean;
  /** Written as Logseq does: `[[the long way]]`, with a hash or without. */
  readonly isBracketed: boolean;
}

/** The tags of a text, each once, of what its parser has found. */
export function tagsOfText(found: readonly TextTag[] = []): TextTags {
  const ofKind = (wanted: TextTag["kind"]) =>
    withoutRepeats(found.flatMap(({ kind, tag }) => (kind === wanted ? [tag] : [])));
  return { hashtags: ofKind("hashtag"), properties: ofKind("property") };
}

/** The tags of a line that is a property and stands at `start`; none where it has another name. */
export function tagsOfProperty(line: string, start: number): readonly TextTag[] {
  const [written = "", value] = PROPERTY.exec(line) ?? [];
  return value === undefined ? [] : propertyTags(value, start + written.length - value.length);
}

/** The tags of a property whose value stands at `start`. */
function propertyTags(value: string, start: number): readonly TextTag[] {
  return Array.from(value.matchAll(PROPERTY_TAG)).flatMap(({ 0: written, 1: page, 2: hashtag, index }) => {
    const word = written.trim();
    const [tag] = tagsIn(new Map([["tags", [(page ?? hashtag ?? word).trim()]]]));
    if (tag === undefined) return [];
    const at = start + index + (written.length - written.trimStart().length);
    return [
      {
        kind: "property",
        tag,
        start: at,
        end: at + word.length,
        isHashed: word.startsWith("#"),
        isBracketed: page !== undefined,
      },
    ];
  });
}

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
