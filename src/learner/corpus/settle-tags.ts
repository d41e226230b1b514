import { stat } from "node:fs/promises";
import { posix } from "node:path";
import { innermostAround } from "../../corpus/files/paths.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import type { CorpusSettings } from "../../protocol/learner.ts";
import { type Said, said, saidCount, whole } from "../../said/said.ts";
import type { TagUse } from "../../store/repositories/documents.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { tagKey } from "../../text/tag-key.ts";

interface Stage {
  readonly store: Store;
  readonly writer: Pick<Writer, "id">;
  readonly settings: Pick<CorpusSettings, "hashtags" | "byFolder">;
  readonly notice: (message: Said, advice: Said) => void;
}

/**
 * Decides what counts as a tag where one document alone does not say it, and tells what has become other than it was:
 *
 * - hashtags in the text: as the setting says; without one in folders that Obsidian or Logseq keeps, and in those where
 *   at least three documents and one in ten have some. None of ten blogs with 2,341 posts comes near: at most 2.4 % of a
 *   blog's posts have what reads as one, which mostly is a channel (`#emacs`) or an `#include` (settle-tags.whole.test.ts);
 * - a text of several words in `tags` or `categories`: as that many tags where more than half of its words are tags of
 *   other documents, or words of other such texts, and it is as a whole the tag of none in another form.
 */
export async function settleTags(stage: Stage, folders: readonly string[]): Promise<void> {
  const { store, writer } = stage;
  const uses = store.documents.tagUses(writer.id);
  await settleHashtags(stage, folders, uses);
  settleSpaced(stage, uses);
}

/** Fewer documents with hashtags are an accident. */
const fewestTagged = 3;
const leastShare = 0.1;

async function settleHashtags(
  stage: Stage,
  folders: readonly string[],
  uses: readonly TagUse[],
): Promise<void> {
  const hashtags = uses.filter(({ kind }) => kind === "hashtag");
  if (hashtags.length === 0) return;
  const { store, writer, settings, notice } = stage;
  const paths = [...store.documents.fingerprints(writer.id).keys()];
  const folderOf = (path: string) => innermostAround(folders, path) ?? "";
  for (const [folder, own] of Map.groupBy(hashtags, ({ path }) => folderOf(path))) {
    const documents = paths.filter((path) => folderOf(path) === folder).length;
    const tagged = new Set(own.map(({ documentId }) => documentId));
    const areUsed = tagged.size >= fewestTagged && tagged.size >= leastShare * documents;
    const { hashtags: use = "auto" } = chosenFor(settings, folder);
    const counts = use === "auto" ? areUsed || (await isVault(folder)) : use === "always";
    const others = new Set(own.filter((use) => use.counts !== counts).map(({ documentId }) => documentId));
    for (const id of others) store.documents.countTags(id, "hashtag", counts);
    if (!counts || others.size === 0) continue;
    notice(
      said(
        "{0}: the hashtags in the text of {1} of {2} documents count as tags.",
        folder,
        whole(tagged.size),
        whole(documents),
      ),
      said("If they are none, set idiolect.tags.hashtags to 'never'."),
    );
  }
}

/** Whether Obsidian or Logseq keeps its settings in the folder, or in one around it. */
async function isVault(folder: string): Promise<boolean> {
  for (let at = folder; ; at = posix.dirname(at)) {
    for (const mark of [".obsidian/app.json", ".obsidian/workspace.json", "logseq/config.edn"]) {
      const found = await stat(posix.join(at, mark)).catch(() => undefined);
      if (found?.isFile() === true) return true;
    }
    if (posix.dirname(at) === at) return false;
  }
}

function settleSpaced({ store, notice }: Stage, uses: readonly TagUse[]): void {
  const spaced = uses.filter(({ kind }) => kind === "spaced");
  if (spaced.length === 0) return;
  const whole = new Set(uses.filter(({ kind }) => kind === "field").map(({ tag }) => tagKey(tag)));
  const textsWith = Map.groupBy(
    spaced.flatMap(({ tag }) => wordsOf(tag).map((word) => ({ word, text: tagKey(tag) }))),
    ({ word }) => word,
  );
  const isTagElsewhere = (word: string, text: string) =>
    whole.has(word) || textsWith.get(word)!.some((other) => other.text !== text);
  let told = 0;
  for (const { documentId, tag, counts } of spaced) {
    const text = tagKey(tag);
    const words = wordsOf(tag);
    const known = words.filter((word) => isTagElsewhere(word, text)).length;
    const isSplit = !whole.has(text) && known * 2 > words.length;
    if (counts !== isSplit) continue;
    store.documents.countTags(documentId, "spaced", !isSplit);
    store.documents.countTags(documentId, "word", isSplit);
    told += isSplit ? 1 : 0;
  }
  if (told === 0) return;
  notice(
    saidCount(
      told,
      "In {0} document a line such as 'tags: one two three' counts as several tags, since most of its words are tags in other documents.",
      "In {0} documents a line such as 'tags: one two three' counts as several tags, since most of its words are tags in other documents.",
    ),
    said("If it is one tag of several words, write it as a list: tags: [one two three]."),
  );
}

function wordsOf(tag: string): readonly string[] {
  return tagKey(tag).split(" ");
}
