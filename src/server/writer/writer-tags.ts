import type { PlacedDocument } from "../../protocol/tone-history.ts";
import type { NamedTags } from "../../store/repositories/documents.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { ServerContext } from "../context.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { writerNamed } from "./writer-named.ts";

/** Tags beyond these are rare: over time there is nothing to see. */
const tagsOfHistory = 10;

/** Answers `writerTags`, `taggedDocuments` and `tagHistory`. */
export const writerTags: ServerFeature = {
  register(context) {
    answerRequest(context, "writerTags", ({ writer }) => {
      const store = context.host.store();
      return store.vocabulary
        .list(writerNamed(store, writer).id)
        .map(({ tag, documents }) => ({ tag, documents }))
        .sort((a, b) => a.tag.localeCompare(b.tag, undefined, { sensitivity: "base", numeric: true }));
    });
    answerRequest(context, "taggedDocuments", ({ writer, tag }) => {
      const store = context.host.store();
      return documentsWith(
        context,
        store.documents.listTags(writerNamed(store, writer).id),
        tag,
      ).toReversed();
    });
    answerRequest(context, "tagHistory", ({ writer }) => {
      const store = context.host.store();
      const { id } = writerNamed(store, writer);
      const documents = store.documents.listTags(id).filter(({ dateMs }) => dateMs !== undefined);
      const tags = store.vocabulary.list(id).slice(0, tagsOfHistory);
      return { tags: tags.map(({ tag }) => ({ tag, documents: documentsWith(context, documents, tag) })) };
    });
  },
};

function documentsWith(
  context: Pick<ServerContext, "news">,
  documents: readonly NamedTags[],
  tag: string,
): PlacedDocument[] {
  const key = tagKey(tag);
  return documents
    .filter(({ tags }) => tags.some((one) => tagKey(one) === key))
    .flatMap((document) => placedDocument(context, document) ?? []);
}

/** Where a document lies now; undefined where its file is gone. */
export function placedDocument(
  { news }: Pick<ServerContext, "news">,
  { path, title, dateMs }: Pick<NamedTags, "path" | "title" | "dateMs">,
): PlacedDocument | undefined {
  const place = news.placeOf(path);
  return place === undefined
    ? undefined
    : {
        path: place,
        ...(title === undefined ? {} : { title }),
        ...(dateMs === undefined ? {} : { dateMs }),
      };
}
