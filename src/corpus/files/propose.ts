import { type AuthorCount, attribute } from "../attribution.ts";
import type { LanguageTeller } from "../language-teller.ts";
import { type LanguagesFound, languagesFound } from "../languages-found.ts";
import {
  DEFAULT_EXCLUDE,
  DEFAULT_INCLUDE,
  DEFAULT_MAX_FILE_SIZE_BYTES,
  type Discovery,
  discoverFiles,
} from "./discover.ts";
import type { FileSource, FoundFile } from "./file-source.ts";
import { type Glance, glanceAt } from "./glance.ts";
import { foldersAround } from "./paths.ts";
import { isLongText, isProjectPaper, proposedFolders } from "./proposed-folders.ts";
import { wholeFolderMarks, wholeFolders } from "./whole-folders.ts";

/** A folder that looks like a writer's prose. Words are counted with markup, so they are an estimate. */
export interface FolderProposal {
  readonly folder: string;
  readonly documents: number;
  readonly words: number;
  /** Distinct tags; of a folder that was looked at in part only those that were seen. */
  readonly tags: number;
  /** Whom the documents are by, most first; an empty name: by somebody whom none of them names. */
  readonly authors: readonly AuthorCount[];
  /** Of words, of a part of the documents. */
  readonly languages: LanguagesFound;
  /** Not every file was opened; the counts are inferred from those that were. */
  readonly isEstimate: boolean;
}

/** Which files would be read, and in which languages; what is absent is as it usually is. */
export interface ProposalOptions {
  readonly teller: LanguageTeller;
  readonly include?: readonly string[] | undefined;
  /** Besides what is always left out. */
  readonly exclude?: readonly string[] | undefined;
  readonly maximumFileBytes?: number | undefined;
  readonly languages?: readonly string[] | undefined;
}

/** Fewer words than this are a note to self or a stub. */
const leastWords = 40;
/** One readme is no corpus. */
const fewestDocuments = 3;
/** So many words in one file are a corpus: a book, a thesis, a diary. */
const wordsOfBook = 8_000;
/** More folders than this nobody looks through; those with most text are looked at. */
const mostFolders = 100;
/** So many files are opened; of more than these some of each folder, drawn evenly. */
const mostOpened = 4_000;
const fewestOpened = 40;
/** Of so many files of a folder the language is told. */
const mostTold = 60;

/**
 * Proposes which folders below a root to learn from, most words first. A folder takes in its
 * subfolders; what holds few documents, or mostly very short ones, is left out, unless one of them is a book. The vault
 * of a notes program and the site of a generator are one. Files that cannot be read are passed over: reading the corpus
 * will tell about them.
 */
export async function proposeFolders(
  root: string,
  source: FileSource,
  options: ProposalOptions,
): Promise<readonly FolderProposal[]> {
  const { files, within } = await proseFiles(root, source, options);
  const marks = await discoverFiles([root], { include: wholeFolderMarks, exclude: DEFAULT_EXCLUDE }, source);
  const wholes = wholeFolders(marks.files.map(({ path }) => path));
  const found = largest(byFolder(files, proposedFolders(root, files, wholes)));
  const total = [...found.values()].reduce((sum, { length }) => sum + length, 0);
  const proposals: FolderProposal[] = [];
  for (const [folder, of] of found) {
    const opened =
      total <= mostOpened ? of : evenly(of, Math.max(fewestOpened, (mostOpened * of.length) / total));
    const glances = await glanceAtAll(opened, within, source, options);
    if (looksLikeProse(glances)) proposals.push(summed(folder, of, opened, glances, options));
  }
  return proposals.sort((a, b) => b.words - a.words || (a.folder < b.folder ? -1 : 1));
}

/** What a folder holds that somebody chose: all of its prose, however little that is. */
export async function surveyFolder(
  folder: string,
  source: FileSource,
  options: ProposalOptions,
): Promise<FolderProposal> {
  const { files, within } = await proseFiles(folder, source, options);
  const opened = evenly(files, mostOpened);
  return summed(folder, files, opened, await glanceAtAll(opened, within, source, options), options);
}

function proseFiles(
  root: string,
  source: FileSource,
  { include = DEFAULT_INCLUDE, exclude = [] }: ProposalOptions,
): Promise<Discovery> {
  return discoverFiles([root], { include, exclude: [...DEFAULT_EXCLUDE, ...exclude] }, source);
}

/** The files that lie in each of some folders, none of which lies in another. */
function byFolder(
  files: readonly FoundFile[],
  folders: ReadonlySet<string>,
): ReadonlyMap<string, readonly FoundFile[]> {
  const found = new Map<string, FoundFile[]>();
  for (const file of files) {
    const folder = foldersAround(file.path).find((around) => folders.has(around));
    if (folder === undefined) continue;
    const known = found.get(folder);
    if (known === undefined) found.set(folder, [file]);
    else known.push(file);
  }
  return found;
}

function largest(
  found: ReadonlyMap<string, readonly FoundFile[]>,
): ReadonlyMap<string, readonly FoundFile[]> {
  if (found.size <= mostFolders) return found;
  return new Map([...found].sort(([, a], [, b]) => sumBytes(b) - sumBytes(a)).slice(0, mostFolders));
}

async function glanceAtAll(
  files: readonly FoundFile[],
  within: readonly string[],
  source: FileSource,
  { teller, maximumFileBytes = DEFAULT_MAX_FILE_SIZE_BYTES }: ProposalOptions,
): Promise<readonly Glance[]> {
  const told = new Set(evenly(files, mostTold));
  const glances: Glance[] = [];
  for (const file of files) {
    const isTold = told.has(file) || isLongText(file);
    const limits = { maximumBytes: maximumFileBytes, within };
    const glance = await glanceAt(file, limits, source, isTold ? teller : undefined);
    if (glance !== undefined) glances.push(glance);
  }
  return glances;
}

/** So many of a list, in equal steps. */
function evenly<T>(list: readonly T[], most: number): readonly T[] {
  const count = Math.ceil(most);
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, at) => list[Math.floor((at * list.length) / count)]!);
}

function summed(
  folder: string,
  files: readonly FoundFile[],
  opened: readonly FoundFile[],
  glances: readonly Glance[],
  { languages: chosen }: ProposalOptions,
): FolderProposal {
  const perFile = opened.length === 0 ? 0 : files.length / opened.length;
  const perByte = sumBytes(files) / Math.max(1, sumBytes(opened));
  const words = Math.round(perByte * glances.reduce((sum, glance) => sum + glance.words, 0));
  return {
    folder,
    documents: Math.round(perFile * glances.length),
    words,
    tags: new Set(glances.flatMap(({ tagKeys }) => tagKeys)).size,
    authors: attribute(glances, [folder], {}).authors.map(({ name, documents }) => ({
      name,
      documents: Math.round(perFile * documents),
    })),
    languages: languagesFound(wordsByLanguage(glances, words), chosen),
    isEstimate: opened.length < files.length,
  };
}

const sumBytes = (files: readonly FoundFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** The words of a folder in the shares that the beginnings of its texts have, each text as much as it has words. */
function wordsByLanguage(glances: readonly Glance[], words: number): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  let total = 0;
  for (const { words: own, beginning } of glances) {
    const told = [...(beginning?.languages ?? [])];
    const seen = told.reduce((sum, [, count]) => sum + count, 0);
    for (const [language, count] of told) {
      const weight = (own * count) / Math.max(1, seen);
      weights.set(language, (weights.get(language) ?? 0) + weight);
      total += weight;
    }
  }
  return new Map(
    Array.from(weights, ([language, weight]) => [language, (words * weight) / Math.max(1, total)]),
  );
}

function looksLikeProse(glances: readonly Glance[]): boolean {
  const texts = glances.filter(({ path }) => !isProjectPaper(path));
  const long = texts.filter(({ words }) => words >= leastWords).length;
  const isCorpus = texts.length >= fewestDocuments && long * 2 >= texts.length;
  return (
    isCorpus || texts.some(({ words, beginning }) => words >= wordsOfBook && beginning?.isRunning === true)
  );
}
