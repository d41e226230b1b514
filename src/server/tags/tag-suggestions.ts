import { documentTags, editDocumentTags } from "../../corpus/tag-changes/document-tags.ts";
import { tagsOfText } from "../../corpus/text-tags.ts";
import type { TagHabit } from "../../front-matter/tags/edit/tag-habit.ts";
import { hasHashtags } from "../../front-matter/tags/tags.ts";
import type { HashtagUse } from "../../protocol/settings.ts";
import type { SuggestedTag, TagEdit, TagSuggestions } from "../../protocol/tag-suggestions.ts";
import { acceptingText } from "../../readings/tags/accepted-texts.ts";
import { offeredNewTags } from "../../readings/tags/offered-new-tags.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { tagKey } from "../../text/tag-key.ts";
import { describeTagReasons } from "../../words/describe-tag-reason.ts";
import type { OpenDocument, OpenDocuments, ServerContext } from "../context.ts";
import { plainSentences, textEdits } from "../documents/sentences.ts";
import { identityOf } from "../documents/synced-documents.ts";
import { DocumentNotOpenError } from "../errors.ts";
import type { ServerFeature } from "../feature.ts";
import { t } from "../language.ts";
import { answerRequest } from "../requests.ts";
import { sayRefusal } from "../say-told.ts";
import type { TagReading } from "./tag-readings.ts";

/** Less likely tags are no suggestions: they only make the list long. */
const leastScore = 0.05;
/** So many are shown, however unlikely: a list without any says nothing. */
const fewestSuggested = 3;

/** Answers `suggestTags` and `tagEdit`. */
export const tagSuggestions: ServerFeature = {
  register(context, { tagReadings, firstTags, tagHabits }) {
    answerRequest(context, "suggestTags", async ({ uri, limit }, token) => {
      await firstTags.wait(openDocument(context.documents, uri).path, token);
      // The wait may be long, and the text another now.
      const document = openDocument(context.documents, uri);
      const reading = await tagReadings.read(document, "command", token);
      const reason = reading.kind === "none" ? firstTags.reasonFor(document.path) : undefined;
      const { hashtags } = context.settings(document.path).tags;
      return reason === undefined
        ? withNewTags(suggestionsOf(document, reading, limit, hashtags), document, reading)
        : { kind: "none", reason };
    });
    answerRequest(context, "tagEdit", async ({ uri, tags }) => {
      const habit = await tagHabits.read(openDocument(context.documents, uri).path);
      const document = openDocument(context.documents, uri);
      const edit = tagEdit(document, tags, habit);
      const present = new Set(documentTags(document).map(tagKey));
      const added = tags.filter((tag) => !present.has(tagKey(tag)));
      if (edit.kind === "edit") rememberAccepted(context, document, added);
      return edit;
    });
  },
};

/** Tags that come in by our list were suggested: learning must not take them for the writer's own evidence. */
export function rememberAccepted(
  { host }: ServerContext,
  document: OpenDocument,
  accepted: readonly string[],
): void {
  const writer = host.writerOf(document.path);
  if (writer === undefined) return;
  const text = acceptingText({ path: identityOf(document), sentences: plainSentences(document) });
  host.store().acceptedTags.add(writer.id, text, accepted);
}

function openDocument(documents: OpenDocuments, uri: string): OpenDocument {
  const document = documents.get(uri);
  if (document === undefined) throw new DocumentNotOpenError();
  return document;
}

/**
 * The best tags that are likely enough, and all that the document has: who picks decides about those as well. What the
 * text has as a hashtag already is no suggestion, unless hashtags are no tags.
 */
export function suggestionsOf(
  document: OpenDocument,
  reading: TagReading,
  limit: number,
  hashtags: HashtagUse,
): TagSuggestions {
  if (reading.kind === "none") return reading;
  const own = documentTags(document);
  const present = new Set(own.map(tagKey));
  const inText = hashtags === "never" ? new Set() : hashtagKeys(document);
  const others = reading.tags.filter(({ tag }) => present.has(tagKey(tag)) || !inText.has(tagKey(tag)));
  const ranked = others.map((one) => suggestedTag(one, present.has(tagKey(one.tag))));
  const known = new Set(ranked.map(({ tag }) => tagKey(tag)));
  const unknown = own
    .filter((tag) => !known.has(tagKey(tag)))
    .map((tag): SuggestedTag => ({ tag, score: 0, reasons: [t("the document has it")], present: true }));
  const isSuggested = ({ score }: SuggestedTag, rank: number) =>
    rank < limit && (score >= leastScore || rank < fewestSuggested);
  const tags = [...ranked.filter((tag, rank) => isSuggested(tag, rank) || tag.present), ...unknown];
  return { kind: "suggested", tags, writer: reading.writer };
}

/** With new tags that are likely enough, after all others. What the text has as a hashtag is no new tag. */
export function withNewTags(
  suggested: TagSuggestions,
  document: OpenDocument,
  reading: TagReading,
): TagSuggestions {
  if (suggested.kind === "none" || reading.kind === "none") return suggested;
  const known = [...suggested.tags.map(({ tag }) => tag), ...hashtagKeys(document)];
  return { ...suggested, tags: [...suggested.tags, ...offeredNewTags(reading.newTags, known).map(newTag)] };
}

/** As it is told to the editor, its reasons in the editor's language. */
export const suggestedTag = ({ tag, score, reasons }: TagSuggestion, present: boolean): SuggestedTag => ({
  tag,
  score,
  reasons: describeTagReasons(reasons, t),
  present,
});

/** As it is told that the writer never used it. */
export const newTag = (suggestion: TagSuggestion): SuggestedTag => ({
  ...suggestedTag(suggestion, false),
  isNew: true,
});

function hashtagKeys(document: OpenDocument): ReadonlySet<string> {
  const { format, source, parsed } = document;
  if (!hasHashtags(format)) return new Set();
  const inText = format.tagsInText?.(source, parsed.frontMatter?.end ?? 0) ?? tagsOfText(parsed.textTags);
  return new Set(inText.hashtags.map(tagKey));
}

/** The edit of an open document that makes its tags these. */
export function tagEdit(
  document: OpenDocument,
  tags: readonly string[],
  habit: TagHabit | undefined,
): TagEdit {
  const editing = editDocumentTags(document, tags, habit);
  if (editing.kind === "refused") return { kind: "refused", ...sayRefusal(editing) };
  return { kind: "edit", version: document.version, edits: textEdits(document, editing.edits) };
}
