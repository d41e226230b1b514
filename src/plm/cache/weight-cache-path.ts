import { accessSync, constants, existsSync, lstatSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import envPaths from "env-paths";

/**
 * Where models are unpacked: the operating system's folder for what can be made again (`$XDG_CACHE_HOME/idiolect` or
 * `~/.cache/idiolect` on Linux, `~/Library/Caches/idiolect` on macOS, `%LOCALAPPDATA%\idiolect\Cache` on Windows);
 * where that cannot be written, as in a container whose home is read-only, a folder of the user's own among the
 * temporary files. It holds nothing of a writer. In a file of its own, for loading `env-paths` opens standard input,
 * which then no longer waits for what is read from it at once.
 */
export function weightCachePath(): string {
  const usual = envPaths("idiolect", { suffix: "" }).cache;
  return canWrite(usual) ? usual : temporaryCache();
}

let temporary: string | undefined;

/** Whether a folder, or the nearest one above it that there is, can be written. */
function canWrite(folder: string): boolean {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The same at each start, unless somebody else has taken the name: whoever can write there could change a model. */
function temporaryCache(): string {
  if (temporary === undefined) {
    const named = join(tmpdir(), `idiolect-cache-${process.getuid?.() ?? ""}`);
    temporary = isOwn(named) ? named : mkdtempSync(`${named}-`);
  }
  return temporary;
}

function isOwn(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there, or cannot be made; what follows tells.
  }
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return (
    found?.isDirectory() === true &&
    found.uid === (process.getuid?.() ?? found.uid) &&
    (found.mode & 0o077) === 0
  );
}
