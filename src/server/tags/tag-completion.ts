import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  TextEdit,
} from "vscode-languageserver/node";
import { type TagPlace, tagPlaceAt, writtenTag } from "../../front-matter/tags/complete/tag-place.ts";
import type { HashtagPlace } from "../../front-matter/tags/hashtags/hashtag-place.ts";
import { bracketed, hashtagOf, hashtagStyle } from "../../front-matter/tags/hashtags/hashtag-style.ts";
import { hasHashtags } from "../../front-matter/tags/tags.ts";
import type { VocabularyEntry } from "../../store/repositories/vocabulary.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { tagKey } from "../../text/tag-key.ts";
import { describeTagReasons } from "../../words/describe-tag-reason.ts";
import { formatPercent } from "../../words/format.ts";
import { plural } from "../../words/translate.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { readAround } from "../documents/read-around.ts";
import { rangeOf } from "../documents/sentences.ts";
import { answeringUnasked } from "../errors.ts";
import type { ServerFeature, SharedParts } from "../feature.ts";
import { t } from "../language.ts";
import { visibleText } from "../markdown-text.ts";
import type { TagReadings } from "./tag-readings.ts";

/** More than these nobody looks through; what is typed narrows them down. */
const mostOffered = 1_000;
const longestShown = 100;

/** Completes tags in front matter and after a hash, ranked for the text as soon as it has been read. */
export const tagCompletion: ServerFeature = {
  capabilities: () => ({
    completionProvider: { triggerCharacters: ["#", "[", ",", "-", '"', "'", " "] },
  }),
  register(context, shared) {
    context.connection.onCompletion((parameters, token) =>
      answeringUnasked(context, () => completions(context, shared, parameters, token)),
    );
  },
};

async function completions(
  { documents, settings, work }: ServerContext,
  { tagReadings, firstTags }: SharedParts,
  { textDocument, position, context: trigger }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionList | undefined> {
  const document = documents.get(textDocument.uri);
  if (document === undefined || token.isCancellationRequested) return undefined;
  if (!settings(document.path, document.languageId).tags.completion) return undefined;
  const offset = document.offsetAt(position);
  const place = await work("completion", token, async (breathe) => {
    if (hasHashtags(document.format)) await readAround(document, offset, breathe);
    return tagPlaceAt(document.source, offset, document.format, (at) => document.live.takesHashtag(at));
  });
  if (place === undefined) return undefined;
  // A blank within a tag of several words asks for nothing.
  if (trigger?.triggerCharacter === " " && place.prefix.trim() !== "") return undefined;
  const offered = offeredTags(tagReadings, document, place);
  const items = offered.tags.flatMap((tag, rank) => itemOf(document, place, tag, rank) ?? []);
  // The editor asks again at the next letter where more may have come meanwhile.
  const isIncomplete = offered.isIncomplete || firstTags.areExpected(document.path);
  return { isIncomplete, items: items.slice(0, mostOffered) };
}

/** By the model where the text was read; else by how often they were used, while it is being read. */
function offeredTags(
  readings: TagReadings,
  document: OpenDocument,
  place: TagPlace,
): { readonly isIncomplete: boolean; readonly tags: readonly OfferedTag[] } {
  const cut = place.kind === "hashtag" ? place : undefined;
  const known = readings.known(document, cut);
  const vocabulary = readings.vocabulary(document);
  const isFresh = known?.isFresh === true;
  if (!isFresh && vocabulary.length > 0) readings.refresh(document, "completion", cut);
  const isIncomplete = !isFresh && vocabulary.length > 0;
  if (known?.reading.kind === "suggested")
    return { isIncomplete, tags: rankedTags(known.reading.tags, vocabulary) };
  return { isIncomplete, tags: mostUsedTags(vocabulary) };
}

function itemOf(
  document: OpenDocument,
  place: TagPlace,
  { tag, detail, reasons }: OfferedTag,
  rank: number,
): CompletionItem | undefined {
  const newText = newTextOf(document, place, tag);
  if (newText === undefined) return undefined;
  return {
    label: visibleText(tag, longestShown),
    kind: CompletionItemKind.Value,
    detail,
    // Plain text: what documents and files are called must not become Markdown.
    ...(reasons.length === 0 ? {} : { documentation: visibleReasons(reasons) }),
    sortText: String(rank).padStart(6, "0"),
    filterText: filterTextOf(document, place, newText, tag),
    textEdit: TextEdit.replace(rangeOf(document, place), newText),
  };
}

/** Undefined where the tag is there already, or cannot be written there. */
function newTextOf(document: OpenDocument, place: TagPlace, tag: string): string | undefined {
  if (place.kind === "hashtag") return newHashtag(document, place, tag);
  const key = tagKey(tag);
  return place.present.some((other) => tagKey(other) === key) ? undefined : writtenTag(place, tag);
}

function newHashtag(
  { source }: OpenDocument,
  { isBracketed, prefix }: HashtagPlace,
  tag: string,
): string | undefined {
  if (isBracketed) return bracketed(tag);
  const hashtag = hashtagOf(tag, hashtagStyle(source));
  // A number is that of an issue more often than the start of a tag, unless a tag starts with it.
  return /^\d+$/.test(prefix) && hashtag?.startsWith(`#${prefix}`) !== true ? undefined : hashtag;
}

/** The editor compares it with what stands between the start of the place and the cursor. */
function filterTextOf(document: OpenDocument, place: TagPlace, newText: string, tag: string): string {
  if (place.kind === "hashtag") return newText;
  const first = document.source[place.start];
  return place.end > place.start && (first === '"' || first === "'") ? first + tag : tag;
}

function visibleReasons(reasons: readonly string[]): string {
  return reasons.map((reason) => visibleText(reason, longestShown * 3)).join("\n");
}

/** A tag that a completion offers. */
interface OfferedTag {
  readonly tag: string;
  /** What speaks for it, in a word. */
  readonly detail: string;
  readonly reasons: readonly string[];
}

type Scored = Pick<TagSuggestion, "tag" | "score" | "reasons">;
type Used = Pick<VocabularyEntry, "tag" | "documents">;

/** Of a lower score nobody makes anything. */
const leastShown = 0.01;

/** Likely tags by their score; the others after them by how often they were used, which says more than next to nothing. */
export function rankedTags(tags: readonly Scored[], vocabulary: readonly Used[]): readonly OfferedTag[] {
  const uses = new Map(vocabulary.map(({ tag, documents }) => [tagKey(tag), documents]));
  const usesOf = ({ tag }: Scored) => uses.get(tagKey(tag)) ?? 0;
  const likely = tags.filter(({ score }) => score >= leastShown);
  const others = tags.filter(({ score }) => score < leastShown).toSorted((a, b) => usesOf(b) - usesOf(a));
  return [
    ...likely.map(({ tag, score, reasons }) => {
      return {
        tag,
        detail: formatPercent(score, 0, t),
        reasons: describeTagReasons(reasons, t),
      };
    }),
    ...others.map((one) => ({ tag: one.tag, detail: usedIn(usesOf(one)), reasons: [] })),
  ];
}

/** The writer's tags as they come, most used first. */
function mostUsedTags(vocabulary: readonly Used[]): readonly OfferedTag[] {
  return vocabulary.map(({ tag, documents }) => ({ tag, detail: usedIn(documents), reasons: [] }));
}

function usedIn(documents: number): string {
  return plural(t, documents, "used in {0} document", "used in {0} documents");
}
