import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export const repository = join(import.meta.dirname, "../..");

/** A file's text; the path is relative to the repository. */
export const readText = (path: string): string => readFileSync(join(repository, path), "utf8");

/** Every file of the project that is tracked or about to be. */
export function projectFiles(): readonly string[] {
  const { stdout, stderr } = spawnSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: repository,
      encoding: "utf8",
    },
  );
  if (stderr !== "") throw new Error(stderr);
  return [...new Set(stdout.split("\0"))].filter((path) => path !== "" && existsSync(join(repository, path)));
}

/** Every file of TypeScript below src, in order. */
export const sourceFiles: readonly string[] = globSync("src/**/*.ts", { cwd: repository }).sort();

/** The names that a source exports. The style knows no default exports and no lists of exports. */
export function exportedNames(source: string): readonly string[] {
  const declaration =
    /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|class|const|let|interface|type) (\w+)/gm;
  return [...source.matchAll(declaration)].map(([, name]) => name!);
}

/** The files of ours that a source imports, types and late imports included. */
export function importedFiles(path: string, source: string): readonly string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport)[\s(]*"(\.[^"]+)"/g)].map(([, specifier]) =>
    normalize(join(dirname(path), specifier!)),
  );
}
