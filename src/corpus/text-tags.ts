import type { Stretch } from "../front-matter/lines.ts";
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

const PROPERTY = /^[ \t]*(?:[-*+][ \t]+)?(?:\*\*)?tags::(?:\*\*)?[ \t]+([^\r\n]+)$/gim;
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

/** The tags in a text from `bodyStart` on: in what the writer says, never in headings, code, links, quotations and tables. */
export function tagsInText(source: string, bodyStart: number, parts: readonly Part[]): TextTags {
  const found = textTagsIn(source, bodyStart, parts);
  const ofKind = (wanted: TextTag["kind"]) =>
    withoutRepeats(found.flatMap(({ kind, tag }) => (kind === wanted ? [tag] : [])));
  return { hashtags: ofKind("hashtag"), properties: ofKind("property") };
}

/** The same tags at each of their places: properties first, each kind in order. */
export function textTagsIn(source: string, bodyStart: number, parts: readonly Part[]): readonly TextTag[] {
  const body = source.slice(bodyStart);
  const properties: TextTag[] = [];
  const lines: Stretch[] = [];
  const ofProperties = new PartCursor(parts);
  for (const { 0: line, 1: value = "", index } of body.matchAll(PROPERTY)) {
    if (ofProperties.around(bodyStart + index).some(({ kind }) => kind === "code")) continue;
    const end = index + line.length;
    lines.push({ start: index, end });
    properties.push(...propertyTags(value, bodyStart + end - value.length));
  }
  const text = new WritersText(source, bodyStart, parts);
  let behind = 0;
  const hashtags = hashtagsIn(body).filter(({ start }) => {
    while (behind < lines.length && lines[behind]!.end <= start) behind += 1;
    const isProperty = behind < lines.length && lines[behind]!.start <= start;
    return text.holds(bodyStart + start) && !isProperty;
  });
  return [
    ...properties,
    ...hashtags.map(({ tag, start, end }): TextTag => {
      const isBracketed = body.startsWith("#[[", start);
      return {
        kind: "hashtag",
        tag,
        start: bodyStart + start,
        end: bodyStart + end,
        isHashed: true,
        isBracketed,
      };
    }),
  ];
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

/** The parts around places that are asked for in their order, so that each part is looked at once. */
class PartCursor {
  readonly #parts: readonly Part[];
  #next = 0;
  #open: Part[] = [];

  /** @param parts in order of their starts */
  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** @param at no lower than the place before */
  around(at: number): readonly Part[] {
    while (this.#next < this.#parts.length && this.#parts[this.#next]!.start <= at) {
      this.#open.push(this.#parts[this.#next]!);
      this.#next += 1;
    }
    this.#open = this.#open.filter(({ end }) => at < end);
    return this.#open;
  }
}

/**
 * The writer's own text, asked place by place in order. All that hashtags have to know of the document's notation is
 * here: in prose it is known from the parts that the format found; elsewhere a line has to hold nothing but hashtags.
 */
class WritersText {
  readonly #source: string;
  readonly #bodyStart: number;
  readonly #parts: PartCursor;
  /** Where comments are opened and closed, and how far they have been passed. */
  readonly #comments: readonly {
    readonly end: number;
    readonly start: number;
    readonly isOpening: boolean;
  }[];
  #passed = 0;
  #opened = -1;
  #closed = -1;

  constructor(source: string, bodyStart: number, parts: readonly Part[]) {
    this.#source = source;
    this.#bodyStart = bodyStart;
    this.#parts = new PartCursor(parts);
    this.#comments = Array.from(source.matchAll(/(?=(<!--|-->))/g), ({ 1: mark = "", index }) => ({
      start: index,
      end: index + mark.length,
      isOpening: mark === "<!--",
    }));
  }

  /** @param at no lower than the place before */
  holds(at: number): boolean {
    const around = this.#parts.around(at);
    const isInComment = this.#isInComment(at, around);
    if (around.some(({ kind }) => kind !== "prose") || isInComment) return false;
    const prose = around.at(-1);
    const from = this.#from(prose);
    if (prose !== undefined) {
      return !/<[a-z!/][^<>]*$/i.test(this.#source.slice(Math.max(from, at - longestMarkup), at));
    }
    const start = Math.max(from, this.#source.lastIndexOf("\n", at - 1) + 1);
    const behind = /^[^\r\n]{0,1000}/.exec(this.#source.slice(at, at + 1000))?.[0] ?? "";
    const line = this.#source.slice(start, at) + behind;
    return /^\s*(?:[-*+]\s+)?#[^\s#]+(?:\s+#[^\s#]+)*\s*$/.test(line);
  }

  #from(prose: Part | undefined): number {
    return Math.max(this.#bodyStart, prose?.start ?? 0);
  }

  #isInComment(at: number, around: readonly Part[]): boolean {
    for (; this.#passed < this.#comments.length; this.#passed += 1) {
      const { start, end, isOpening } = this.#comments[this.#passed]!;
      if (end > at) break;
      if (isOpening) this.#opened = start;
      else this.#closed = start;
    }
    const from = this.#from(around.findLast(({ kind }) => kind === "prose"));
    return this.#opened >= from && this.#opened > this.#closed;
  }
}

const longestMarkup = 2_000;

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
