import { realpathSync } from "node:fs";
import { posix, win32 } from "node:path";
import { fileURLToPath } from "node:url";

/** What the spelling of a path depends on; the machine's own where absent. */
export interface PathSystem {
  readonly platform: NodeJS.Platform;
  /** The path as the disk has it, links resolved. Throws where there is nothing. */
  readonly realPath: (path: string) => string;
}

const thisSystem: PathSystem = { platform: process.platform, realPath: realpathSync.native };

/**
 * The one spelling of a path: absolute, with forward slashes and none at the end, the drive's letter large, and on
 * Windows and macOS each name as the disk has it, since these do not tell letters of different case apart (nor, on
 * macOS, different forms of one accent). Links keep their own names: where they lead is another question. Whoever
 * takes a path from a user, an editor or another process makes it canonical; the store holds no other.
 */
export function canonicalPath(path: string, system: PathSystem = thisSystem): string {
  if (system.platform !== "win32") {
    const absolute = posix.resolve(path);
    return system.platform === "darwin" ? asOnDisk(absolute, system) : absolute;
  }
  return asOnDisk(slashed(win32.resolve(path)), system);
}

/** The path of a file, by its address (`file:`) as an editor writes it. Throws TypeError for what is no such address. */
export const canonicalPathOf = (uri: string | URL): string => canonicalPath(fileURLToPath(uri));

/** Forward slashes, the drive's letter large, and no slash at the end but that of a root. */
function slashed(path: string): string {
  // Windows writes long paths and shares so that no program changes them.
  const plain = path.replace(/^\\\\\?\\(?:UNC\\)?/i, (start) => (start.length > 4 ? "\\\\" : ""));
  const slashes = plain.replaceAll("\\", "/").replace(/^[a-z]:/, (drive) => drive.toUpperCase());
  return /^[A-Z]:\/$|^\/$/.test(slashes) ? slashes : slashes.replace(/\/+$/, "");
}

/** The disk's spelling where it differs from ours in spelling alone; else that of the folder around, and our name. */
function asOnDisk(path: string, system: PathSystem): string {
  const real = realOf(path, system);
  if (real !== undefined && sameLetters(real) === sameLetters(path)) return real;
  const around = system.platform === "win32" ? slashed(win32.dirname(path)) : posix.dirname(path);
  if (around === path) return path;
  const folder = asOnDisk(around, system);
  return `${folder}${folder.endsWith("/") ? "" : "/"}${posix.basename(path)}`;
}

function realOf(path: string, system: PathSystem): string | undefined {
  try {
    const real = system.realPath(path);
    return system.platform === "win32" ? slashed(real) : real;
  } catch {
    return undefined;
  }
}

const sameLetters = (path: string): string => path.normalize("NFC").toLowerCase();
