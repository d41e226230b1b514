import { posix } from "node:path";
import type { FoundFile } from "./file-source.ts";
import { foldersAround, isWithin, outermost } from "./paths.ts";
import type { WholeFolder } from "./whole-folders.ts";

/** Folders that only part texts by time: `2024`, `05`, `2024-05`, `2024-05-31`. */
const DATE_FOLDER = /^(?:\d{2}|(?:19|20)\d{2}(?:[-_.]\d{2}){0,2})$/;
/** A text with its pictures in a folder of its own, as static sites have them. */
const BUNDLED_TEXT = /^_?index\.[a-z]+$/i;
/** What lies beside a program, and is nobody's writing of its own. */
const PROJECT_PAPER =
  /^(?:readme|changelog|changes|history|news|licen[cs]e|copying|notice|contributing|contributors|code[-_]of[-_]conduct|security|support|authors|maintainers|governance|todo|roadmap|agents|claude|requirements)(?:[-_.].*)?$/i;
/** Folders of a site that hold texts of other people: themes with their examples. */
const THEME_FOLDER = /\/(?:themes|archetypes|\.github)\//;
/** As many as a book, or a long part of one, has at least. */
const bytesOfBook = 40_000;
/** One readme is no corpus. */
const fewestTexts = 3;
/** So many folders beside one another may be several corpora. */
const mostBesides = 12;

/** Whether this alone may be enough to learn from. */
export const isLongText = ({ path, bytes }: FoundFile): boolean =>
  bytes >= bytesOfBook && !isProjectPaper(path);

export const isProjectPaper = (path: string): boolean => PROJECT_PAPER.test(posix.basename(path));

/**
 * The folders below a root to look at: those with some texts of their own or a long one, and those that are one; none
 * lies in another.
 */
export function proposedFolders(
  root: string,
  files: readonly FoundFile[],
  wholes: readonly WholeFolder[],
): ReadonlySet<string> {
  const isWhole = new Map(wholes.map((whole) => [whole.folder, whole]));
  const shared = new Map<WholeFolder, string>();
  const counts = new Map<string, number>();
  for (const file of files) {
    const { path } = file;
    if (isProjectPaper(path)) continue;
    const whole = isWhole.get(foldersAround(path).find((around) => isWhole.has(around)) ?? "");
    const home = homeOf(path, whole?.folder ?? root);
    if (whole !== undefined && whole.extent !== "whole" && THEME_FOLDER.test(path)) continue;
    if (whole === undefined || (whole.extent === "content" && !isInContent(whole, path))) {
      counts.set(home, (counts.get(home) ?? 0) + (isLongText(file) ? fewestTexts : 1));
    } else {
      shared.set(whole, nearestAround(shared.get(whole) ?? home, home));
    }
  }
  const large = [...counts].filter(([, count]) => count >= fewestTexts).map(([folder]) => folder);
  const ones = Array.from(shared, ([{ folder, extent }, part]) => (extent === "whole" ? folder : part));
  return new Set(outermost(together([...large, ...ones], root)));
}

/** Folders with the one in which they lie in place of more than nobody would pick one by one. */
function together(folders: readonly string[], root: string): readonly string[] {
  const isBelowRoot = (folder: string) => isWithin(root, folder) && folder !== root;
  const byParent = Map.groupBy(outermost(folders).filter(isBelowRoot), (folder) => posix.dirname(folder));
  const crowded = [...byParent].filter(([, of]) => of.length > mostBesides).map(([parent]) => parent);
  return crowded.length === 0 ? folders : together([...folders, ...crowded], root);
}

const isInContent = ({ folder }: WholeFolder, path: string): boolean =>
  isWithin(posix.join(folder, "content"), path);

/** The folder below a root to which a file belongs as a writer sees it: years and bundles are no folders apart. */
function homeOf(path: string, root: string): string {
  const isBelowRoot = (folder: string) => isWithin(root, folder) && folder !== root;
  let home = posix.dirname(path);
  if (BUNDLED_TEXT.test(posix.basename(path)) && isBelowRoot(home)) home = posix.dirname(home);
  while (DATE_FOLDER.test(posix.basename(home)) && isBelowRoot(home)) home = posix.dirname(home);
  return home;
}

/** The nearest folder that two have in common. */
function nearestAround(one: string, other: string): string {
  if (isWithin(one, other)) return one;
  return foldersAround(one).find((around) => isWithin(around, other)) ?? one;
}
