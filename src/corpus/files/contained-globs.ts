import { posix } from "node:path";
import { escapePath } from "tinyglobby";

export interface FileGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** `..` as a name of its own, also as one of several alternatives. */
const parentFolder = /(?:^|[!/{(,|])\.\.(?:$|[/}),|])/;

export interface ContainedGlobs extends FileGlobs {
  /** Patterns to include that lead out of the folder and are therefore not followed. */
  readonly refused: readonly string[];
}

/**
 * Globs that stay in a folder. One that is absolute or goes up counts from the folder where it leads back into
 * it. What is to be excluded outside of the folder needs no pattern: nothing outside is read.
 *
 * @param folder absolute, with forward slashes
 */
export function containGlobs(folder: string, { include, exclude }: FileGlobs): ContainedGlobs {
  const within = (pattern: string) => patternWithin(folder, pattern);
  return {
    include: include.flatMap((pattern) => within(pattern) ?? []),
    exclude: exclude.flatMap((pattern) => within(pattern) ?? []),
    refused: include.filter((pattern) => within(pattern) === undefined),
  };
}

function patternWithin(folder: string, pattern: string): string | undefined {
  const [sign, bare] =
    pattern.startsWith("!") && pattern[1] !== "(" ? ["!", pattern.slice(1)] : ["", pattern];
  if (!isAbsolute(bare) && !parentFolder.test(bare)) return pattern;
  const whole = posix.normalize(isAbsolute(bare) ? bare : posix.join(folder, bare));
  const plain = `${folder.replace(/\/$/, "")}/`;
  const inside = [plain, escapePath(plain)].find((start) => whole.startsWith(start));
  return inside === undefined || parentFolder.test(whole) ? undefined : sign + whole.slice(inside.length);
}

/** A pattern's slashes go forward on every system; on Windows it may begin with a drive. */
function isAbsolute(pattern: string): boolean {
  return pattern.startsWith("/") || /^[a-z]:[/\\]/i.test(pattern);
}
