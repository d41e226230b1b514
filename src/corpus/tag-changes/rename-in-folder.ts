import type { TagEditRefusal } from "../../front-matter/tags/edit/refusals.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { CorpusError } from "../errors.ts";
import {
  DEFAULT_EXCLUDE,
  DEFAULT_INCLUDE,
  DEFAULT_MAX_FILE_SIZE_BYTES,
  discoverFiles,
} from "../files/discover.ts";
import { diskFileSource } from "../files/file-source.ts";
import { formatOf } from "../formats/formats.ts";
import { parseSource } from "../parse-document.ts";
import { changeFile } from "./change-file.ts";
import { type ChangedLines, changedLines } from "./changed-lines.ts";
import { allTags, type ParsedTags, renamedTag, renameTags, type TagRenaming } from "./rename-tags.ts";

export interface RenamingOptions {
  /** Whether hashtags in texts are tags. */
  readonly hasHashtags: boolean;
  /** Without it nothing is written. */
  readonly isWritten: boolean;
}

/** What becomes of the documents of a folder when a tag is renamed; each list in order of path. */
export interface FolderRenaming {
  readonly documents: readonly { readonly path: string; readonly lines: readonly ChangedLines[] }[];
  /** They have the tag and are left as they are. */
  readonly refused: readonly (Pick<TagEditRefusal, "reason" | "advice"> & { readonly path: string })[];
  /** Folders and links that are not looked into. */
  readonly failures: readonly CorpusError[];
  /** Some document has the tag, or one below it. */
  readonly isKnown: boolean;
  /** Some document has the tag that it is to become. */
  readonly isTaken: boolean;
}

/** Renames a tag in all documents below a folder. */
export async function renameInFolder(
  folder: string,
  renaming: TagRenaming,
  { hasHashtags, isWritten }: RenamingOptions,
): Promise<FolderRenaming> {
  const globs = { include: DEFAULT_INCLUDE, exclude: DEFAULT_EXCLUDE };
  const {
    files,
    failures,
    refused: leadingOut,
    within,
  } = await discoverFiles([folder], globs, diskFileSource);
  const documents: FolderRenaming["documents"][number][] = [];
  const refused: FolderRenaming["refused"][number][] = [];
  const wanted = tagKey(renaming.to);
  let [isKnown, isTaken] = [false, false];
  for (const { path } of files) {
    let hasTag = false;
    const change = await changeFile(
      path,
      (source) => {
        const document = parsedTags(source, path, hasHashtags);
        const tags = allTags(document);
        hasTag = tags.some((tag) => renamedTag(tag, renaming) !== undefined);
        isTaken ||= tags.some((tag) => tagKey(tag) === wanted && renamedTag(tag, renaming) === undefined);
        return renameTags(document, renaming);
      },
      { isWritten, maximumBytes: DEFAULT_MAX_FILE_SIZE_BYTES, within },
    );
    if (change.kind === "changed") documents.push({ path, lines: changedLines(change.before, change.edits) });
    // Of a file that cannot be read nobody knows whether it has the tag, and it is no document either.
    else if (change.kind === "refused" && hasTag)
      refused.push({ path, reason: change.reason, advice: change.advice });
    isKnown ||= hasTag || change.kind === "changed";
  }
  return { documents, refused, failures: [...failures, ...leadingOut], isKnown, isTaken };
}

/** A text taken apart as far as its tags need it. */
export function parsedTags(source: string, path: string, hasHashtags: boolean): ParsedTags {
  const format = formatOf(path);
  const { textTags = [] } = parseSource(source, path, "en", format);
  return { source, format, textTags, hasHashtags };
}
