import { setTimeout } from "node:timers/promises";
import { type Lease, type LeaseHolder, leaseTimeoutMs } from "../store/lease.ts";
import { isAlive } from "../store/process-mark.ts";
import { LearnerBusyError, LeaseLostError } from "./errors.ts";

const heartbeatMs = 1_000;
/** A holder without a heartbeat for this long whose process is gone from this machine is not waited for. */
const goneAfterMs = 2_500;

/** Holds the right to learn, for one process, with a heartbeat. */
export class LeaseKeeper {
  readonly #lease: Lease;
  readonly #token: string;
  readonly #clock: () => number;
  #renewedMs: number;

  private constructor(lease: Lease, token: string, clock: () => number) {
    this.#lease = lease;
    this.#token = token;
    this.#clock = clock;
    this.#renewedMs = clock();
  }

  /** Takes the lease; waits for one whose holder has died. Throws LearnerBusyError while its holder lives. */
  static async take(lease: Lease, clock: () => number): Promise<LeaseKeeper> {
    for (;;) {
      const answer = lease.acquire(process.pid);
      if (answer.kind === "acquired") {
        return new LeaseKeeper(lease, answer.token, clock);
      }
      const { processId, processMark } = answer.holder;
      if (isAlive(processId, processMark)) {
        throw new LearnerBusyError(processId);
      }
      // The process may live on another machine that shares the store; then its heartbeat goes on.
      const taken = lease.acquire(process.pid, goneAfterMs);
      if (taken.kind === "acquired") {
        return new LeaseKeeper(lease, taken.token, clock);
      }
      await setTimeout(100);
    }
  }

  /** Renews the lease if it is time. Throws LeaseLostError where another process has taken over. */
  readonly beat = (): void => {
    if (this.#clock() - this.#renewedMs >= heartbeatMs) {
      this.confirm();
    }
  };

  /** Renews the lease now: to be called in the transaction of each write that must not meet another learner's. */
  confirm(): void {
    if (!this.#lease.renew(this.#token)) {
      throw new LeaseLostError();
    }
    this.#renewedMs = this.#clock();
  }

  release(): void {
    this.#lease.release(this.#token);
  }
}

/** The process that learns at the moment; undefined where none does, or where it has died. */
export function livingHolder(lease: Lease, clock: () => number): LeaseHolder | undefined {
  const holder = lease.holder();
  if (holder === undefined) {
    return undefined;
  }
  const silentMs = Math.abs(clock() - holder.heartbeatMs);
  const isThere = isAlive(holder.processId, holder.processMark);
  return silentMs <= (isThere ? leaseTimeoutMs : goneAfterMs) ? holder : undefined;
}

/** Waits until a holder that has died no longer counts. Throws LearnerBusyError while one lives. */
export async function waitForTheDead(lease: Lease, clock: () => number): Promise<void> {
  (await LeaseKeeper.take(lease, clock)).release();
}
