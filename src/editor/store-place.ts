import { homedir } from "node:os";
import { sep } from "node:path";
import envPaths from "env-paths";

/** Where what was learned is kept: as set, else the operating system's folder for the data of programs. */
export function storePlace(setPath: string): string {
  return setPath === "" ? envPaths("idiolect", { suffix: "" }).data : setPath;
}

/** A path as people write it, with `~` for the home folder. */
export function shortPath(path: string, home = homedir()): string {
  return path === home || path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
