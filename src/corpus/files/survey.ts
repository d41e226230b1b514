import type { Fields } from "../../front-matter/fields.ts";
import { readFrontMatter } from "../../front-matter/front-matter.ts";
import { type Attribution, type AuthorWish, attribute, type SignedDocument } from "../authors/attribution.ts";
import { authorsOf, splitAuthors } from "../authors/authors.ts";
import { asksToBeLeftOut, type LeftOutReason } from "../left-out.ts";
import { decodeText } from "./decode.ts";
import type { FileSource, FoundFile } from "./file-source.ts";
import type { ReadLimits } from "./read-regular-file.ts";
import { isWithin } from "./within.ts";

export interface SurveyOptions {
  /** Absent: everything is the writer's, whoever is named. */
  readonly authorship?: AuthorWish | undefined;
  /** Folders that are not to be learned from, also inside of others that are. Their files are not opened. */
  readonly leaveOut?: readonly string[] | undefined;
}

/** What is known of a file as it was read before. */
interface KnownAuthor {
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly author?: string | undefined;
}

export interface Survey {
  readonly leftOut: ReadonlyMap<string, LeftOutReason>;
  /** Absent where nobody was asked for. */
  readonly attribution?: Attribution;
}

/**
 * Looks at the front matter of files before any is read: which of them ask to be left out, and who wrote the others.
 * A file that has not changed since it was read is not opened again.
 */
export async function survey(
  files: readonly FoundFile[],
  folders: readonly string[],
  { authorship, leaveOut = [] }: SurveyOptions,
  read: (path: string) => Promise<Fields | undefined>,
  known: ReadonlyMap<string, KnownAuthor>,
): Promise<Survey> {
  const leftOut = new Map<string, LeftOutReason>();
  const signed: SignedDocument[] = [];
  for (const { path, bytes, modifiedMs } of files) {
    const former = known.get(path);
    if (leaveOut.some((folder) => isWithin(folder, path))) {
      leftOut.set(path, "folder");
    } else if (former?.bytes === bytes && former.modifiedMs === modifiedMs) {
      signed.push({ path, authors: splitAuthors(former.author) });
    } else {
      const fields = await read(path);
      if (fields !== undefined && asksToBeLeftOut(fields)) leftOut.set(path, "field");
      else if (fields !== undefined) signed.push({ path, authors: authorsOf(fields) });
    }
  }
  if (authorship === undefined) return { leftOut };
  const attribution = attribute(signed, folders, authorship);
  for (const [path, reason] of attribution.others) leftOut.set(path, reason);
  return { leftOut, attribution };
}

/** The front matter of a file, empty where it has none; undefined for what cannot be read as text. */
export async function fieldsIn(
  path: string,
  limits: ReadLimits,
  source: Pick<FileSource, "read">,
): Promise<Fields | undefined> {
  const decoded = await source.read(path, limits).then(decodeText, () => undefined);
  if (decoded?.kind !== "text") return undefined;
  return readFrontMatter(decoded.source)?.fields ?? new Map();
}
