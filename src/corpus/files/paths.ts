import { posix } from "node:path";
import { FolderRedirectedError } from "../errors.ts";

/** Whether a path is a folder or lies in it. Windows does not tell letters of different case apart. */
export function isWithin(folder: string, path: string, platform: string = process.platform): boolean {
  const plain = (text: string) => {
    const slashes = text.replaceAll("\\", "/").replace(/\/+$/, "");
    return platform === "win32" ? slashes.toLowerCase() : slashes;
  };
  return `${plain(path)}/`.startsWith(`${plain(folder)}/`);
}

/** The innermost of the folders that are a path or hold it. */
export const innermostAround = (folders: Iterable<string>, path: string): string | undefined =>
  [...folders]
    .filter((folder) => isWithin(folder, path))
    .sort((a, b) => b.length - a.length)
    .at(0);

/** What is told by folder, of the innermost that is a path or holds it; undefined where none does. */
export function toldAround<Told>(byFolder: Readonly<Record<string, Told>>, path: string): Told | undefined {
  const folder = innermostAround(Object.keys(byFolder), path);
  return folder === undefined ? undefined : byFolder[folder];
}

/** The folders in which a path lies, the nearest first. */
export function* foldersAround(path: string): Generator<string, void, undefined> {
  for (let at = path; posix.dirname(at) !== at; ) {
    at = posix.dirname(at);
    yield at;
  }
}

/** Those of the folders that lie in no other of them. */
export function outermost(folders: Iterable<string>): readonly string[] {
  const all = new Set(folders);
  return [...all].filter((folder) => !foldersAround(folder).some((around) => all.has(around)));
}

/** Order by code unit, so that it is the same on every machine. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Tells where paths lead. */
export interface PathResolver {
  /** The path at which a folder really lies, links resolved. Rejects where there is nothing. */
  realPath(folder: string): Promise<string>;
}

/** Where folders really lie, by their names. */
export type Places = Readonly<Record<string, string>>;

/** Where folders really lie; those that are not there are left out. */
export async function placesOf(folders: readonly string[], source: PathResolver): Promise<Places> {
  const places = folders.map(async (folder) => {
    const real = await source.realPath(folder).catch(() => undefined);
    return real === undefined ? [] : [[folder, real] as const];
  });
  return Object.fromEntries((await Promise.all(places)).flat());
}

/**
 * Where folders really lie, and an error for each that lies elsewhere now than when it was `chosen`: whoever can
 * exchange a folder for a link, such as another author of a repository, must not decide what is read. Those that are
 * not there are left out.
 */
export async function locateFolders(folders: readonly string[], source: PathResolver, chosen: Places = {}) {
  const now = await placesOf(folders, source);
  const isRedirected = (folder: string) =>
    chosen[folder] !== undefined && now[folder] !== undefined && chosen[folder] !== now[folder];
  return {
    within: Object.keys(now).flatMap((folder) => (isRedirected(folder) ? [] : [now[folder]!])),
    redirected: folders
      .filter(isRedirected)
      .map((folder) => new FolderRedirectedError(folder, chosen[folder]!, now[folder]!)),
  };
}

/** What each folder that has something of its own becomes; nothing where none has. */
export function eachFolder<Own, Made>(
  byFolder: Readonly<Record<string, Own>> | undefined,
  make: (own: Own, folder: string) => Made,
): { readonly byFolder?: Record<string, Made> } {
  const made = Object.entries(byFolder ?? {}).map(([folder, own]) => [folder, make(own, folder)] as const);
  return made.length === 0 ? {} : { byFolder: Object.fromEntries(made) };
}
