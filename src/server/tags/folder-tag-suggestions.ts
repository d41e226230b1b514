import { pathToFileURL } from "node:url";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import { addDocumentTags, documentTags } from "../../corpus/tag-changes/document-tags.ts";
import { allTags } from "../../corpus/tag-changes/rename-tags.ts";
import type { MissingTags, SuggestedTag, TagsAdded } from "../../protocol/tag-suggestions.ts";
import { missingTags } from "../../readings/tags/missing-tags.ts";
import { offeredNewTags } from "../../readings/tags/offered-new-tags.ts";
import type { ServerContext } from "../context.ts";
import { documentPaths, type FileDocument, fileDocument } from "../documents/file-documents.ts";
import { readWhole } from "../documents/read-around.ts";
import { textEdits } from "../documents/sentences.ts";
import type { ServerFeature, SharedParts } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { sayRefusal } from "../say-told.ts";
import { parsedTags } from "./tag-renaming.ts";
import { newTag, rememberAccepted, suggestedTag } from "./tag-suggestions.ts";

/** Answers what *Suggest Tags for Folder* asks: which documents there are, what each lacks, and the edits that add it. */
export const folderTagSuggestions: ServerFeature = {
  register(context, { tagReadings, tagHabits }) {
    answerRequest(context, "folderDocuments", ({ folder }) =>
      documentPaths(context, [canonicalPath(folder)]),
    );
    answerRequest(context, "missingTags", async ({ path, threshold, limit }, token): Promise<MissingTags> => {
      const found = await wholeDocument(context, path, token);
      if (found.kind === "refused") return { kind: "refused", ...sayRefusal(found) };
      const { document } = found;
      const reading = await tagReadings.readOnce(document, "command", token);
      if (reading.kind === "none") return reading;
      const present = allTags(parsedTags(context, document));
      const missing = missingTags(reading.tags, present, { threshold, limit });
      const tags: readonly SuggestedTag[] = [
        ...missing.map((one) => suggestedTag(one, false)),
        ...offeredNewTags(reading.newTags, present).map(newTag),
      ];
      const editing = addDocumentTags(
        document,
        tags.map(({ tag }) => tag),
        await tagHabits.read(path),
      );
      if (editing.kind === "refused" && tags.length > 0) return { kind: "refused", ...sayRefusal(editing) };
      return { kind: "suggested", writer: reading.writer, present: documentTags(document), tags };
    });
    answerRequest(context, "addTags", ({ path, tags }, token) =>
      addTags(context, tagHabits, path, tags, token),
    );
  },
};

async function addTags(
  context: ServerContext,
  habits: SharedParts["tagHabits"],
  path: string,
  tags: readonly string[],
  token: Parameters<ServerContext["work"]>[1],
): Promise<TagsAdded> {
  const found = await wholeDocument(context, path, token);
  if (found.kind === "refused") return { kind: "refused", ...sayRefusal(found) };
  const { document, isOpen } = found;
  const editing = addDocumentTags(document, tags, await habits.read(path));
  if (editing.kind === "refused") return { kind: "refused", ...sayRefusal(editing) };
  rememberAccepted(context, document, tags);
  const edits = textEdits(document, editing.edits);
  const uri = isOpen ? document.uri : pathToFileURL(path).href;
  return { kind: "edit", document: { uri, ...(isOpen && { version: document.version }), edits } };
}

async function wholeDocument(
  context: ServerContext,
  path: string,
  token: Parameters<ServerContext["work"]>[1],
): Promise<FileDocument> {
  const found = await fileDocument(context, path);
  if (found.kind === "document") {
    await context.work("command", token, (breathe) => readWhole(found.document, breathe));
  }
  return found;
}
