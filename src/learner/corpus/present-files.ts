import { stat } from "node:fs/promises";
import { isWithin } from "../../corpus/files/paths.ts";

/** Files that are there. */
export async function presentFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = paths.map((path) =>
    stat(path).then(
      () => path,
      () => undefined,
    ),
  );
  return (await Promise.all(found)).filter((path) => path !== undefined);
}

/**
 * Folders in which every document of before is gone and no other file has come. They are rather not there at the
 * moment, such as a drive that is not mounted, than given up.
 */
export function foldersAway(
  folders: readonly string[],
  seen: ReadonlySet<string>,
  gone: readonly string[],
): readonly { readonly folder: string; readonly documents: number }[] {
  return folders.flatMap((folder) => {
    const documents = gone.filter((path) => isWithin(folder, path)).length;
    const isEmpty = ![...seen].some((path) => isWithin(folder, path));
    return documents > 0 && isEmpty ? [{ folder, documents }] : [];
  });
}
