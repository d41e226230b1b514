import {
  type CancellationToken,
  type Range,
  TextDocumentEdit,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import {
  allTags,
  type ParsedTags,
  renamedTag,
  renameTags,
  type TagRenaming,
  tagAt,
} from "../../corpus/tag-changes/rename-tags.ts";
import type { RenamedTag, TagName } from "../../protocol/tag-suggestions.ts";
import { tagKey } from "../../text/tag-key.ts";
import { plural } from "../../words/translate.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { type FileDocument, fileDocument, pathsAround } from "../documents/file-documents.ts";
import { readWhole } from "../documents/read-around.ts";
import { rangeOf, textEdits } from "../documents/sentences.ts";
import { pathOf } from "../documents/synced-documents.ts";
import { answering, TagNotRenamedError } from "../errors.ts";
import type { ServerFeature } from "../feature.ts";
import { t } from "../language.ts";
import { visibleText } from "../markdown-text.ts";
import { showMessage } from "../notify-editor.ts";
import { answerRequest } from "../requests.ts";
import { sayRefusal } from "../say-told.ts";
import type { Breathe } from "../turns/turns.ts";

/** Renames tags in all documents: LSP's rename where the cursor is on a tag, and `renameTag`. */
export const tagRenaming: ServerFeature = {
  capabilities: ({ preparesRename }) => ({
    renameProvider: preparesRename ? { prepareProvider: true } : true,
  }),
  register(context) {
    const { connection } = context;
    connection.onPrepareRename((parameters, token) =>
      answering(async () => {
        const found = await placedTag(context, parameters, token);
        return found && { range: found.range, placeholder: found.tag };
      }),
    );
    connection.onRenameRequest((parameters, token) =>
      answering(async () => {
        const found = await placedTag(context, parameters, token);
        if (found === undefined) return undefined;
        const renaming = { from: found.tag, to: parameters.newName };
        const renamed = await renameEverywhere(context, found.document, renaming, token);
        if (renamed.refused.length > 0) showMessage(context, describeRefused(renamed), 2);
        // Whether the editor takes the edit is not told; where it does not, documents keep the old name, and that holds.
        noteRenaming(
          context,
          renamed.documents.map(({ uri }) => uri),
          renaming,
        );
        return workspaceEdit(context, renamed);
      }),
    );
    answerRequest(context, "renameTag", ({ uri, from, to }, token) =>
      renameEverywhere(
        context,
        uri === undefined ? undefined : context.documents.get(uri),
        { from, to },
        token,
      ),
    );
    answerRequest(context, "tagRenamed", ({ uris, ...renaming }) => {
      noteRenaming(context, uris, renaming);
      return {};
    });
    answerRequest(context, "tagNames", ({ uri }, token) => tagNames(context, uri, token));
  },
};

interface FoundTag {
  readonly document: OpenDocument;
  readonly tag: string;
  readonly range: Range;
}

async function placedTag(
  context: ServerContext,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<FoundTag | undefined> {
  const document = context.documents.get(textDocument.uri);
  if (document === undefined) return undefined;
  return context.work("command", token, async (breathe) => {
    await readWhole(document, breathe);
    const found = tagAt(parsedTags(context, document), document.offsetAt(position));
    return found && { document, tag: found.tag, range: rangeOf(document, found) };
  });
}

/** A document with the places of its tags; hashtags are tags where settings do not say otherwise. */
export function parsedTags(
  { settings }: Pick<ServerContext, "settings">,
  document: OpenDocument,
): ParsedTags {
  const { source, format, parsed, path } = document;
  const hasHashtags = settings(path).tags.hashtags !== "never";
  return { source, format, textTags: parsed.textTags ?? [], hasHashtags };
}

/** Throws TagNotRenamedError where the new name is none. */
async function renameEverywhere(
  context: ServerContext,
  asked: OpenDocument | undefined,
  renaming: TagRenaming,
  token: CancellationToken,
): Promise<RenamedTag> {
  if (tagKey(renaming.to) === "" || /[\p{Cc}#,;[\]]/u.test(renaming.to))
    throw new TagNotRenamedError(renaming.to);
  const documents: RenamedTag["documents"][number][] = [];
  const refused: RenamedTag["refused"][number][] = [];
  await eachDocument(
    context,
    asked,
    token,
    (document, isOpen) => {
      const editing = renameTags(parsedTags(context, document), renaming);
      if (editing.kind === "refused") {
        refused.push({ path: document.path, ...sayRefusal(editing) });
      } else if (editing.edits.length > 0) {
        const edits = textEdits(document, editing.edits);
        documents.push({ uri: document.uri, ...(isOpen && { version: document.version }), edits });
      }
    },
    (path, { document, ...refusal }) => {
      if (document === undefined || hasTag(context, document, renaming))
        refused.push({ path, ...sayRefusal(refusal) });
    },
  );
  return { documents, refused };
}

/** Keeps in mind of whoever wrote the documents that a tag has another name now. */
function noteRenaming(context: ServerContext, uris: readonly string[], renaming: TagRenaming): void {
  const { host } = context;
  const writers = new Set(uris.flatMap((uri) => host.writerOf(pathOf(uri))?.id ?? []));
  if (writers.size === 0) return;
  for (const writer of writers) host.store().renamedTags.add(writer, renaming);
  context.readingsChanged();
}

type Refusal = Extract<FileDocument, { kind: "refused" }>;

function hasTag(context: ServerContext, document: OpenDocument, renaming: TagRenaming): boolean {
  return allTags(parsedTags(context, document)).some((tag) => renamedTag(tag, renaming) !== undefined);
}

/** Goes through the documents around one in slices of work, that one included. */
async function eachDocument(
  context: ServerContext,
  asked: OpenDocument | undefined,
  token: CancellationToken,
  visit: (document: OpenDocument, isOpen: boolean) => void,
  refuse: (path: string, refusal: Refusal) => void = () => undefined,
): Promise<void> {
  const paths = await pathsAround(context, asked?.path);
  await context.work("command", token, async (breathe: Breathe) => {
    if (asked !== undefined && !paths.includes(asked.path)) {
      await readWhole(asked, breathe);
      visit(asked, true);
    }
    for (const path of paths) {
      const found = await fileDocument(context, path);
      if (found.kind === "refused") {
        refuse(path, found);
        continue;
      }
      await readWhole(found.document, breathe);
      visit(found.document, found.isOpen);
      await breathe();
    }
  });
}

function workspaceEdit({ client }: ServerContext, { documents }: RenamedTag): WorkspaceEdit {
  if (!client().knowsVersions) {
    return { changes: Object.fromEntries(documents.map(({ uri, edits }) => [uri, [...edits]])) };
  }
  return {
    documentChanges: documents.map(({ uri, version, edits }) =>
      TextDocumentEdit.create({ uri, version: version ?? null }, [...edits]),
    ),
  };
}

function describeRefused({ refused }: RenamedTag): string {
  const [first] = refused;
  const others = refused.length - 1;
  return [
    t("{0} is left as it is.", visibleText(first!.path, 300)),
    first!.reason,
    first!.advice,
    ...(others === 0 ? [] : [plural(t, others, "So is {0} other document.", "So are {0} other documents.")]),
  ].join(" ");
}

/** All tags of the documents around one, and those above them, by name. */
async function tagNames(
  context: ServerContext,
  uri: string | undefined,
  token: CancellationToken,
): Promise<readonly TagName[]> {
  const names = new Map<string, { tag: string; documents: number }>();
  const asked = uri === undefined ? undefined : context.documents.get(uri);
  await eachDocument(context, asked, token, (document) => {
    const own = allTags(parsedTags(context, document)).flatMap(withAbove);
    for (const [key, tag] of new Map(own.map((one) => [tagKey(one), one]))) {
      const known = names.get(key) ?? { tag, documents: 0 };
      known.documents += 1;
      names.set(key, known);
    }
  });
  return [...names.values()].toSorted((a, b) => a.tag.localeCompare(b.tag, "en"));
}

/** A hierarchical tag with those above it. */
function withAbove(tag: string): readonly string[] {
  const levels = tag.split("/");
  return levels.map((_, at) => levels.slice(0, at + 1).join("/"));
}
