import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { z } from "zod";
import { documentTags } from "../../corpus/tag-changes/document-tags.ts";
import type { TagHabit } from "../../front-matter/tags/edit/tag-habit.ts";
import { serverCommands } from "../../protocol/commands.ts";
import { tagKey } from "../../text/tag-key.ts";
import { formatPercent } from "../../words/format.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { DocumentNotOpenError, ParametersError, TagEditRefusedError } from "../errors.ts";
import { t } from "../language.ts";
import { visibleText } from "../markdown-text.ts";
import { takesTags, unlikelyScore } from "./suggest-tags-action.ts";
import type { TagHabits } from "./tag-habits.ts";
import type { TagReadings } from "./tag-readings.ts";
import { rememberAccepted, suggestionsOf, tagEdit, withNewTags } from "./tag-suggestions.ts";

/** Tags that an action puts in or takes out; its `data`, and the argument of the command that keeps them in mind. */
const changeShape = z.object({
  uri: z.string().min(1),
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
});

export type TagChange = z.infer<typeof changeShape>;

/** More single tags than these make a menu too long to be read. */
const mostOffered = 5;
/** All that are likelier than not can be taken at once. */
const likelyScore = 0.5;
const longestShown = 40;

/**
 * Tags for the front matter at the cursor, each as an edit. The document is read first, which takes some tenths of
 * a second.
 */
export async function tagActions(
  context: ServerContext,
  readings: TagReadings,
  habits: TagHabits,
  { textDocument: { uri }, range }: CodeActionParams,
  token: CancellationToken,
): Promise<readonly CodeAction[]> {
  const document = context.documents.get(uri);
  if (document === undefined || !takesTags(document, range.start)) return [];
  if (readings.vocabulary(document).length === 0) return [];
  const offers = await offersFor(context, readings, document, token);
  const habit = await habits.read(document.path);
  return offers.flatMap(([title, change]) => {
    const edit = editFor(context, document, change, habit);
    // What cannot be written here is not offered.
    if (edit === undefined) return [];
    const command = { title, command: serverCommands.noteTags, arguments: [change] };
    const effect = context.client().resolvesEdits ? { data: change } : { edit };
    return [{ title, kind: CodeActionKind.QuickFix, ...effect, command }];
  });
}

type Offer = readonly [title: string, change: TagChange];

async function offersFor(
  { settings }: ServerContext,
  readings: TagReadings,
  document: OpenDocument,
  token: CancellationToken,
): Promise<readonly Offer[]> {
  const { uri } = document;
  const reading = await readings.read(document, "command", token);
  const { maximumSuggestions, hashtags } = settings(document.path).tags;
  const known = suggestionsOf(document, reading, maximumSuggestions, hashtags);
  const suggested = withNewTags(known, document, reading);
  if (suggested.kind !== "suggested") return [];
  const absent = suggested.tags.filter(({ present, isNew }) => !present && !isNew);
  const newTags = suggested.tags.filter(({ isNew }) => isNew);
  const likely = absent.filter(({ score }) => score >= likelyScore).map(({ tag }) => tag);
  const used = new Set(readings.vocabulary(document).map(({ tag }) => tagKey(tag)));
  const unlikely = suggested.tags.filter(
    // Of a new tag nothing can be said.
    ({ tag, score, present }) => present && score < unlikelyScore && used.has(tagKey(tag)),
  );
  const adding = (title: string, add: string[]): Offer => [title, { uri, add, remove: [] }];
  return [
    ...(likely.length < 2 ? [] : [adding(t("Add the tags {0}", likely.map(shown).join(", ")), likely)]),
    ...absent
      .slice(0, mostOffered)
      .map(({ tag, score }) =>
        adding(t("Add the tag {0} ({1})", shown(tag), formatPercent(score, 0, t)), [tag]),
      ),
    ...newTags.map(({ tag, score }) =>
      adding(t("Add the tag {0}, never used before ({1})", shown(tag), formatPercent(score, 0, t)), [tag]),
    ),
    ...unlikely.map(({ tag }): Offer => {
      return [
        t("Remove the tag {0}, which does not seem to fit", shown(tag)),
        { uri, add: [], remove: [tag] },
      ];
    }),
  ];
}

const shown = (tag: string): string => `‘${visibleText(tag, longestShown)}’`;

/** The change that an action of ours makes; undefined for an action that makes none. */
export function tagChangeOf({ data }: CodeAction): TagChange | undefined {
  return changeShape.safeParse(data).data;
}

/** The action with the edit of the text that is there now. Throws DocumentNotOpenError, TagEditRefusedError. */
export async function withTagEdit(
  context: ServerContext,
  habits: TagHabits,
  action: CodeAction,
  change: TagChange,
): Promise<CodeAction> {
  const openNow = () => {
    const document = context.documents.get(change.uri);
    if (document === undefined) throw new DocumentNotOpenError();
    return document;
  };
  const habit = await habits.read(openNow().path);
  const edit = editFor(context, openNow(), change, habit);
  if (edit === undefined) throw new TagEditRefusedError();
  return { ...action, edit };
}

/** Undefined where the document's notation does not allow it. */
function editFor(
  { client }: ServerContext,
  document: OpenDocument,
  { uri, add, remove }: TagChange,
  habit: TagHabit | undefined,
): WorkspaceEdit | undefined {
  const gone = new Set(remove.map(tagKey));
  const tags = [...documentTags(document).filter((tag) => !gone.has(tagKey(tag))), ...add];
  const editing = tagEdit(document, tags, habit);
  if (editing.kind === "refused") return undefined;
  const edits = editing.edits.map(({ range, newText }) => ({ range, newText }));
  return client().knowsVersions
    ? { documentChanges: [{ textDocument: { uri, version: document.version }, edits }] }
    : { changes: { [uri]: edits } };
}

/** Keeps in mind what an action has put in; what it has taken out says something without that. */
export function noteTags(context: ServerContext, argument: unknown): void {
  const { uri, add } = parsedChange(argument);
  const document = context.documents.get(uri);
  if (document !== undefined) rememberAccepted(context, document, add);
}

function parsedChange(argument: unknown): TagChange {
  const parsed = changeShape.safeParse(argument);
  if (!parsed.success) throw new ParametersError(serverCommands.noteTags, parsed.error);
  return parsed.data;
}
