import { FolderRedirectedError } from "../errors.ts";

/** Whether a path is a folder or lies in it. Windows does not tell letters of different case apart. */
export function isWithin(folder: string, path: string, platform: string = process.platform): boolean {
  const plain = (text: string) => {
    const slashes = text.replaceAll("\\", "/").replace(/\/+$/, "");
    return platform === "win32" ? slashes.toLowerCase() : slashes;
  };
  return `${plain(path)}/`.startsWith(`${plain(folder)}/`);
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

/** Whether a folder lies where it lay when it was chosen, as far as that is known. */
export const isSettled = (chosen: string | undefined, real: string): boolean =>
  chosen === undefined || chosen === real;

/**
 * An error for each folder that lies elsewhere now than when it was chosen: whoever can exchange a folder for a link,
 * such as another author of a repository, must not decide what is read.
 */
export async function redirectedFolders(
  folders: readonly string[],
  chosen: Places,
  source: PathResolver,
): Promise<readonly FolderRedirectedError[]> {
  const now = await placesOf(folders, source);
  return folders.flatMap((folder) => {
    const [former, real] = [chosen[folder], now[folder]];
    if (former === undefined || real === undefined || isSettled(former, real)) return [];
    return [new FolderRedirectedError(folder, former, real)];
  });
}
