import { realpathSync, statfsSync } from "node:fs";
import { z } from "zod";
import { StoreLockedError } from "../errors.ts";
import type { Database } from "./database.ts";

/** How SQLite makes writes safe: a write-ahead log, or a rollback journal where shared memory is not to be had. */
export type Journal = "wal" | "rollback";

/**
 * File systems that other machines share, by the type that Linux reports (`man 2 statfs`): NFS, SMB, SMB2, CIFS, AFS,
 * Coda, Ceph, 9P (also Windows drives in WSL) and the shared folders of VirtualBox. A write-ahead log needs memory
 * that all users of the file share, which these cannot give (https://sqlite.org/wal.html).
 */
const networkFileSystems: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x73757245, 0x00c36400, 0x01021997, 0x786f4256,
]);

/** What is asked of the system about a folder. */
interface FolderSystem {
  readonly fileSystemType: (folder: string) => number;
  /** Where a folder really lies; on Windows a drive that stands for a share is the share. */
  readonly realPath: (folder: string) => string;
}

const thisSystem: FolderSystem = {
  fileSystemType: (folder) => statfsSync(folder).type,
  realPath: realpathSync.native,
};

/** Chooses the journal for a folder. */
export function journalFor(
  folder: string,
  platform: NodeJS.Platform = process.platform,
  system: FolderSystem = thisSystem,
): Journal {
  switch (platform) {
    case "win32":
      return [folder, system.realPath(folder)].some(isShare) ? "rollback" : "wal";
    case "darwin":
      // Network volumes are mounted there; other volumes are too, and only lose a little speed.
      return system.realPath(folder).startsWith("/Volumes/") ? "rollback" : "wal";
    case "linux":
      return networkFileSystems.has(system.fileSystemType(folder) >>> 0) ? "rollback" : "wal";
    default:
      return "wal";
  }
}

const isShare = (path: string): boolean => /^[\\/]{2}(?![?.][\\/](?!UNC))/i.test(path);

const modeRow = z.object({ journal_mode: z.string() });

/**
 * Sets the journal and gives the one that is used. SQLite answers with the former mode where a write-ahead log cannot
 * be had; file systems that only fail at the first use are caught here as well.
 */
export function setJournal(database: Database, wanted: Journal): Journal {
  if (wanted === "wal" && hasWriteAheadLog(database)) {
    // After a power failure the last changes may be missing, never the consistency; corrections have their mirror.
    database.execute("PRAGMA synchronous = NORMAL");
    return "wal";
  }
  database.execute("PRAGMA journal_mode = DELETE");
  database.execute("PRAGMA synchronous = FULL");
  return "rollback";
}

function hasWriteAheadLog(database: Database): boolean {
  try {
    return database.first(modeRow, "PRAGMA journal_mode = WAL")?.journal_mode === "wal";
  } catch (cause) {
    if (cause instanceof StoreLockedError) throw cause;
    return false;
  }
}
