import { posix } from "node:path";
import { decodeText } from "./decode.ts";
import { DEFAULT_EXCLUDE, DEFAULT_INCLUDE, DEFAULT_MAX_FILE_SIZE_BYTES, discoverFiles } from "./discover.ts";
import type { FileSource, FoundFile } from "./file-source.ts";
import { readFrontMatter } from "./front-matter.ts";
import { countWords } from "./parse-document.ts";
import { tagKey, tagsIn } from "./tags.ts";

/** A folder that looks like a writer's prose. Words are counted with markup, so they are an estimate. */
export interface FolderProposal {
  readonly folder: string;
  readonly documents: number;
  readonly words: number;
  /** Distinct tags. */
  readonly tags: number;
}

interface Glance {
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
  const { files } = await discoverFiles(
    [root],
    { include: DEFAULT_INCLUDE, exclude: DEFAULT_EXCLUDE },
    source,
  );
  const glances = new Map<string, Glance[]>();
  const folders = topFolders(files);
  for (const file of files) {
    const glance = await glanceAt(file, source);
    const folder = folders.find((candidate) => isWithin(file.path, candidate));
    if (glance === undefined || folder === undefined) continue;
    const found = glances.get(folder);
    if (found === undefined) glances.set(folder, [glance]);
    else found.push(glance);
  }
  return [...glances]
    .filter(([, found]) => looksLikeProse(found))
    .map(([folder, found]) => ({
      folder,
      documents: found.length,
      words: found.reduce((sum, { words }) => sum + words, 0),
      tags: new Set(found.flatMap(({ tagKeys }) => tagKeys)).size,
    }))
    .sort((a, b) => b.words - a.words || (a.folder < b.folder ? -1 : 1));
}

/** Folders that hold enough files themselves and lie in no other such folder. */
function topFolders(files: readonly FoundFile[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const large = [...counts].filter(([, count]) => count >= MIN_DOCUMENTS).map(([folder]) => folder);
  return large.filter((folder) => !large.some((other) => other !== folder && isWithin(folder, other)));
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

async function glanceAt(file: FoundFile, source: FileSource): Promise<Glance | undefined> {
  if (file.bytes > DEFAULT_MAX_FILE_SIZE_BYTES) return undefined;
  const decoded = await source.read(file.path).then(decodeText, () => undefined);
  if (decoded?.kind !== "text") return undefined;
  const frontMatter = readFrontMatter(decoded.source);
  const body = decoded.source.slice(frontMatter?.end ?? 0);
  const tags = frontMatter === undefined ? [] : tagsIn(frontMatter.fields);
  return { words: countWords(body), tagKeys: tags.map(tagKey) };
}

function looksLikeProse(glances: readonly Glance[]): boolean {
  const long = glances.filter(({ words }) => words >= MIN_WORDS).length;
  return glances.length >= MIN_DOCUMENTS && long * 2 >= glances.length;
}
