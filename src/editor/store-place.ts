import { homedir } from "node:os";
import { isAbsolute, sep } from "node:path";
import envPaths from "env-paths";

/** Where what was learned is kept: an absolute path as set, else the operating system's folder for the data of programs. */
export function storePlace(setPath: string): string {
  return isAbsolute(setPath) ? setPath : envPaths("idiolect", { suffix: "" }).data;
}

/** A path as people write it, with `~` for the home folder. */
export function shortPath(path: string, home = homedir()): string {
  return path === home || path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
