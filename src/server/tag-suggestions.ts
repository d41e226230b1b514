import { editTags } from "../corpus/tag-edits.ts";
import { tagKey, tagsIn } from "../corpus/tags.ts";
import type { SuggestedTag, TagEdit, TagSuggestions } from "../protocol/editor-messages.ts";
import { describeReason } from "../tasks/tags/describe-reason.ts";
import { answer } from "./answer.ts";
import type { OpenDocument, OpenDocuments, ServerContext } from "./context.ts";
import { DocumentNotOpenError } from "./errors.ts";
import type { TagReading, TagReadings } from "./tag-readings.ts";

/** Answers `suggestTags` and `tagEdit`. */
export function addTagSuggestions(context: ServerContext, readings: TagReadings): void {
  answer(context, "suggestTags", async ({ uri, limit }, token) => {
    const document = openDocument(context.documents, uri);
    return suggestionsOf(document, await readings.read(document, "command", token), limit);
  });
  answer(context, "tagEdit", ({ uri, tags }) => tagEdit(openDocument(context.documents, uri), tags));
}

function openDocument(documents: OpenDocuments, uri: string): OpenDocument {
  const document = documents.get(uri);
  if (document === undefined) throw new DocumentNotOpenError();
  return document;
}

/** The best tags, and all that the document has: who picks among them decides about those as well. */
function suggestionsOf(document: OpenDocument, reading: TagReading, limit: number): TagSuggestions {
  if (reading.kind === "none") return reading;
  const own = tagsIn(document.parsed.frontMatter?.fields ?? new Map());
  const present = new Set(own.map(tagKey));
  const ranked = reading.tags.map(({ tag, score, reasons }): SuggestedTag => {
    return { tag, score, reasons: reasons.map(describeReason), present: present.has(tagKey(tag)) };
  });
  const known = new Set(ranked.map(({ tag }) => tagKey(tag)));
  const unknown = own
    .filter((tag) => !known.has(tagKey(tag)))
    .map((tag): SuggestedTag => ({ tag, score: 0, reasons: ["the document has it"], present: true }));
  const tags = [...ranked.filter((tag, rank) => rank < limit || tag.present), ...unknown];
  return { kind: "suggested", tags, writer: reading.writer };
}

function tagEdit(document: OpenDocument, tags: readonly string[]): TagEdit {
  const editing = editTags(document.source, document.path, tags);
  if (editing.kind === "refused") return editing;
  const edits = editing.edits.map(({ start, end, newText }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText,
  }));
  return { kind: "edit", version: document.version, edits };
}
