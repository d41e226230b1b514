import type { Fields } from "../../front-matter/fields.ts";
import { type Attribution, type AuthorWish, attribute, type SignedDocument } from "../attribution.ts";
import { authorsOf, splitAuthors } from "../authors.ts";
import { headOf } from "../parse-document.ts";
import { decodeText } from "./decode.ts";
import type { FileSource, FoundFile } from "./file-source.ts";
import { isWithin } from "./paths.ts";
import type { ReadLimits } from "./read-regular-file.ts";

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
  return headOf(decoded.source, path).fields;
}

/** Why a document that is there is not learned from. */
export type LeftOutReason =
  /** Its front matter says `idiolect: false`. */
  | "field"
  /** It lies in a folder that is not to be learned from. */
  | "folder"
  /** Somebody else wrote it. */
  | "other"
  /** It was written together with somebody else. */
  | "together"
  /** A pattern in the settings leaves it out. */
  | "excluded";

/**
 * Whether a document's own front matter asks to be left out: `idiolect: false`. Whoever writes that field means to
 * keep the text out, so a word that is not known (`0`, `never`, a slip of the finger) leaves it out as well.
 */
export function asksToBeLeftOut(fields: Fields): boolean {
  const wish = fields.get("idiolect");
  if (wish === undefined) return false;
  return typeof wish !== "string" || !/^(?:true|yes|on|1|null|~)?$/i.test(wish.trim());
}
