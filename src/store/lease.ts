import { z } from "zod";
import { Table } from "./database/database.ts";
import { LearnerRunningError } from "./errors.ts";
import { processMark } from "./process-mark.ts";

/** After this time without a heartbeat a holder counts as dead. Holders renew several times within it. */
export const leaseTimeoutMs = 15_000;

/** What asking for the lease gave. */
export type LeaseAnswer =
  /** It is ours until `release`; `takenOverFrom` is the process whose heartbeat had stopped, if there was one. */
  | { readonly kind: "acquired"; readonly token: string; readonly takenOverFrom: number | undefined }
  | { readonly kind: "held"; readonly holder: LeaseHolder };

/** Who holds the lease, whether alive or not. */
export interface LeaseHolder {
  readonly processId: number;
  /** Tells the process from a later one with the same number; undefined where the system does not tell. */
  readonly processMark: string | undefined;
  readonly acquiredMs: number;
  readonly heartbeatMs: number;
}

const leaseName = "learner";
const holderRow = z.object({
  processId: z.number(),
  processMark: z.string().optional(),
  acquiredMs: z.number(),
  heartbeatMs: z.number(),
});

/** The right to learn, which one process at a time has, over all windows and terminals that share the store. */
export class Lease extends Table {
  /**
   * Takes the lease if it is free or its holder's heartbeat is older than `timeoutMs`. A heartbeat that lies as far
   * in the future counts as stopped as well: the clock was set back meanwhile.
   */
  acquire(processId: number, timeoutMs: number = leaseTimeoutMs): LeaseAnswer {
    return this.database.transaction((): LeaseAnswer => {
      const nowMs = this.database.clock();
      const holder = this.holder();
      if (holder !== undefined && Math.abs(nowMs - holder.heartbeatMs) <= timeoutMs) {
        return { kind: "held", holder };
      }
      const token = this.database.newId();
      const sql = `INSERT OR REPLACE INTO leases (name, process_id, process_mark, token, acquired_ms, heartbeat_ms)
        VALUES (?, ?, ?, ?, ?, ?)`;
      this.database.run(sql, leaseName, processId, processMark(processId), token, nowMs, nowMs);
      return { kind: "acquired", token, takenOverFrom: holder?.processId };
    });
  }

  /**
   * Takes the lease for work that no learner must meet; gives the function that releases it.
   *
   * @throws LearnerRunningError
   */
  hold(timeoutMs: number = leaseTimeoutMs): () => void {
    const answer = this.acquire(process.pid, timeoutMs);
    if (answer.kind === "held") throw new LearnerRunningError(answer.holder.processId);
    return () => this.release(answer.token);
  }

  /** Gives a sign of life. False means that another process has taken over: stop writing at once. */
  renew(token: string): boolean {
    const sql = "UPDATE leases SET heartbeat_ms = ? WHERE name = ? AND token = ?";
    return this.database.run(sql, this.database.clock(), leaseName, token) === 1;
  }

  /** Gives the lease back. Does nothing where another process has taken over. */
  release(token: string): void {
    this.database.run("DELETE FROM leases WHERE name = ? AND token = ?", leaseName, token);
  }

  holder(): LeaseHolder | undefined {
    const sql = `SELECT process_id AS processId, process_mark AS processMark, acquired_ms AS acquiredMs,
        heartbeat_ms AS heartbeatMs
      FROM leases WHERE name = ?`;
    const found = this.database.first(holderRow, sql, leaseName);
    return found && { ...found, processMark: found.processMark };
  }
}
