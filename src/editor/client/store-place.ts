import { homedir } from "node:os";
import { isAbsolute, join, sep } from "node:path";
import envPaths from "env-paths";

/** A path from the settings as it is used; undefined where it is empty or starts from nowhere in particular. */
export function pathSet(written: string, home = homedir()): string | undefined {
  const path = written.trim();
  if (path === "~") {
    return home;
  }
  const full = /^~[\\/]/.test(path) ? join(home, path.slice(2)) : path;
  return isAbsolute(full) ? full : undefined;
}

/** Where what was learned is kept: as set, else the operating system's folder for the data of programs. */
export function storePlace(written: string): string {
  return pathSet(written) ?? envPaths("idiolect", { suffix: "" }).data;
}

/** A path as people write it, with `~` for the home folder. */
export function shortPath(path: string, home = homedir()): string {
  return path === home || path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
