import { FolderRedirectedError } from "../errors.ts";
import type { FileSource } from "./file-source.ts";

/** Where folders really lie, by their names. */
export type Places = Readonly<Record<string, string>>;

/** Where folders really lie; those that are not there are left out. */
export async function placesOf(
  folders: readonly string[],
  source: Pick<FileSource, "realPath">,
): Promise<Places> {
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
  source: Pick<FileSource, "realPath">,
): Promise<readonly FolderRedirectedError[]> {
  const now = await placesOf(folders, source);
  return folders.flatMap((folder) => {
    const [former, real] = [chosen[folder], now[folder]];
    if (former === undefined || real === undefined || isSettled(former, real)) return [];
    return [new FolderRedirectedError(folder, former, real)];
  });
}
