import { posix } from "node:path";
import { tagsIn } from "../../front-matter/tags/tags.ts";
import { tagKey } from "../../text/tag-key.ts";
import { type AuthorCount, attribute, type SignedDocument } from "../attribution.ts";
import { authorsOf } from "../authors.ts";
import { countWords, headOf } from "../parse-document.ts";
import { decodeText } from "./decode.ts";
import {
  DEFAULT_EXCLUDE,
  DEFAULT_INCLUDE,
  DEFAULT_MAX_FILE_SIZE_BYTES,
  type Discovery,
  discoverFiles,
} from "./discover.ts";
import type { FileSource, FoundFile } from "./file-source.ts";
import { isWithin } from "./paths.ts";
import { asksToBeLeftOut } from "./survey.ts";

/** A folder that looks like a writer's prose. Words are counted with markup, so they are an estimate. */
export interface FolderProposal {
  readonly folder: string;
  readonly documents: number;
  readonly words: number;
  /** Distinct tags. */
  readonly tags: number;
  /** Whom the documents are by, most first; an empty name: by somebody whom none of them names. */
  readonly authors: readonly AuthorCount[];
}

interface Glance extends SignedDocument {
  readonly words: number;
  readonly tagKeys: readonly string[];
}

/** Fewer words than this are a note to self or a stub. */
const MIN_WORDS = 40;
/** One readme is no corpus. */
const MIN_DOCUMENTS = 3;

/**
 * Proposes which folders below a root to learn from, most words first. A folder takes in its
 * subfolders; what holds few documents, or mostly very short ones, is left out. Files that cannot be
 * read are passed over: reading the corpus will tell about them.
 */
export async function proposeFolders(root: string, source: FileSource): Promise<readonly FolderProposal[]> {
  const { files, within } = await proseFiles(root, source);
  const glances = new Map<string, Glance[]>();
  const homes = files.map(({ path }) => homeOf(path, root));
  const folders = topFolders(homes);
  for (const [at, file] of files.entries()) {
    const glance = await glanceAt(file, within, source);
    const folder = folders.find((candidate) => isWithin(candidate, homes[at]!));
    if (glance === undefined || folder === undefined) continue;
    const found = glances.get(folder);
    if (found === undefined) glances.set(folder, [glance]);
    else found.push(glance);
  }
  return [...glances]
    .filter(([, found]) => looksLikeProse(found))
    .map(([folder, found]) => summed(folder, found))
    .sort((a, b) => b.words - a.words || (a.folder < b.folder ? -1 : 1));
}

/** What a folder holds that somebody chose: all of its prose, however little that is. */
export async function surveyFolder(folder: string, source: FileSource): Promise<FolderProposal> {
  const glances: Glance[] = [];
  const { files, within } = await proseFiles(folder, source);
  for (const file of files) {
    const glance = await glanceAt(file, within, source);
    if (glance !== undefined) glances.push(glance);
  }
  return summed(folder, glances);
}

function proseFiles(root: string, source: FileSource): Promise<Discovery> {
  return discoverFiles([root], { include: DEFAULT_INCLUDE, exclude: DEFAULT_EXCLUDE }, source);
}

function summed(folder: string, glances: readonly Glance[]): FolderProposal {
  return {
    folder,
    documents: glances.length,
    words: glances.reduce((sum, { words }) => sum + words, 0),
    tags: new Set(glances.flatMap(({ tagKeys }) => tagKeys)).size,
    authors: attribute(glances, [folder], {}).authors,
  };
}

/** Folders that only part texts by time: `2024`, `05`, `2024-05`, `2024-05-31`. */
const DATE_FOLDER = /^(?:\d{2}|(?:19|20)\d{2}(?:[-_.]\d{2}){0,2})$/;
/** A text with its pictures in a folder of its own, as static sites have them. */
const BUNDLED_TEXT = /^_?index\.[a-z]+$/i;

/** The folder below a root to which a file belongs as a writer sees it: years and bundles are no folders apart. */
function homeOf(path: string, root: string): string {
  const isBelowRoot = (folder: string) => isWithin(root, folder) && folder !== root;
  let home = posix.dirname(path);
  if (BUNDLED_TEXT.test(posix.basename(path)) && isBelowRoot(home)) home = posix.dirname(home);
  while (DATE_FOLDER.test(posix.basename(home)) && isBelowRoot(home)) home = posix.dirname(home);
  return home;
}

/** Folders that are the home of enough files and lie in no other such folder. */
function topFolders(homes: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const home of homes) counts.set(home, (counts.get(home) ?? 0) + 1);
  const large = [...counts].filter(([, count]) => count >= MIN_DOCUMENTS).map(([folder]) => folder);
  return large.filter((folder) => !large.some((other) => other !== folder && isWithin(other, folder)));
}

async function glanceAt(
  { path, bytes }: FoundFile,
  within: readonly string[],
  source: FileSource,
): Promise<Glance | undefined> {
  const maximumBytes = DEFAULT_MAX_FILE_SIZE_BYTES;
  if (bytes > maximumBytes) return undefined;
  const decoded = await source.read(path, { maximumBytes, within }).then(decodeText, () => undefined);
  if (decoded?.kind !== "text") return undefined;
  const { fields, frontMatter } = headOf(decoded.source, path);
  if (asksToBeLeftOut(fields)) return undefined;
  const body = decoded.source.slice(frontMatter?.end ?? 0);
  return { path, authors: authorsOf(fields), words: countWords(body), tagKeys: tagsIn(fields).map(tagKey) };
}

function looksLikeProse(glances: readonly Glance[]): boolean {
  const long = glances.filter(({ words }) => words >= MIN_WORDS).length;
  return glances.length >= MIN_DOCUMENTS && long * 2 >= glances.length;
}
