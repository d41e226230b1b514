import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import { hasTagPlace } from "../../corpus/tag-changes/document-tags.ts";
import { readHead } from "../../front-matter/front-matter.ts";
import { lineStart } from "../../front-matter/lines.ts";
import { tagsIn } from "../../front-matter/tags/tags.ts";
import { editorCommands } from "../../protocol/commands.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { t } from "../language.ts";
import { visibleText } from "../markdown-text.ts";
import type { TagReadings } from "./tag-readings.ts";

/** Of the tags that two writers gave, at most 1.6 % have a lower score; of all others 31 and 77 %. */
export const unlikelyScore = 0.003;
const longestShown = 40;

/** Offers to suggest tags on front matter that has none, or one that does not fit the text; the editor does it. */
export function suggestTagsAction(
  { documents }: ServerContext,
  readings: TagReadings,
  { textDocument, range }: CodeActionParams,
): readonly CodeAction[] {
  const document = documents.get(textDocument.uri);
  if (document === undefined || !takesTags(document, range.start)) return [];
  const action = offeredAt(document, readings);
  if (action === undefined) return [];
  return [{ ...action, command: { title: action.title, command: editorCommands.suggestTags } }];
}

/** Whether tags can stand in the document, and it is about them at this place. */
export function takesTags(document: OpenDocument, place: CodeActionParams["range"]["start"]): boolean {
  return hasTagPlace(document) && isAtHead(document, document.offsetAt(place));
}

/** In front matter or in the field for tags, or on the first line where there is none. */
function isAtHead({ source, format }: OpenDocument, offset: number): boolean {
  const head = readHead(source);
  if (head !== undefined) return offset <= head.end;
  const own = format.tagField?.(source)?.value;
  if (own !== undefined && lineStart(source, own.start) <= offset && offset <= own.end) return true;
  const line = source.indexOf("\n");
  return line < 0 || offset <= line;
}

interface Offered {
  readonly title: string;
  readonly kind: string;
}

function offeredAt(document: OpenDocument, readings: TagReadings): Offered | undefined {
  if (readings.vocabulary(document).length === 0) return undefined;
  const head = readHead(document.source);
  // A text without front matter may want none; so there the offer does not light up by itself.
  if (head === undefined) return { title: t("Suggest tags"), kind: CodeActionKind.Source };
  const tags = tagsIn(head.fields);
  if (tags.length === 0) return { title: t("Suggest tags"), kind: CodeActionKind.QuickFix };
  const unlikely = unlikelyTag(document, readings, tags);
  if (unlikely === undefined) return undefined;
  const shown = visibleText(unlikely, longestShown);
  return { title: t("Suggest tags ('{0}' does not seem to fit)", shown), kind: CodeActionKind.QuickFix };
}

/** By what has been read already; else reading begins, and the next request finds it. */
function unlikelyTag(
  document: OpenDocument,
  readings: TagReadings,
  tags: readonly string[],
): string | undefined {
  const known = readings.known(document);
  if (known?.isFresh !== true) readings.refresh(document, "background");
  if (known?.isFresh !== true || known.reading.kind === "none") return undefined;
  const scores = new Map(known.reading.tags.map(({ tag, score }) => [tagKey(tag), score]));
  return tags.find((tag) => (scores.get(tagKey(tag)) ?? 1) < unlikelyScore);
}
