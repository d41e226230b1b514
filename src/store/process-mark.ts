import { readFileSync } from "node:fs";

/**
 * Tells a process from all others that had or will have its number: on Linux the boot and the moment of its start.
 * Undefined where the process is gone, where it has ended and only waits for its parent to notice (a zombie), and
 * where the system does not tell.
 */
export function processMark(processId: number): string | undefined {
  const found = linuxProcess(processId);
  return found === undefined || hasEnded(found.state) ? undefined : `${bootId()} ${found.startTicks}`;
}

/**
 * Whether a process still runs on this machine.
 *
 * @param mark what `processMark` said of it, if it was asked: a process that took over the number is another
 */
export function isAlive(processId: number, mark?: string): boolean {
  if (!answersSignals(processId)) return false;
  const found = linuxProcess(processId);
  // Other systems tell no more than that there is such a number.
  if (found === undefined) return true;
  if (hasEnded(found.state)) return false;
  return mark === undefined || mark === `${bootId()} ${found.startTicks}`;
}

function answersSignals(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (cause) {
    // EPERM: it is there and belongs to somebody else.
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}

/** Zombie and dead, in the letters of `man 5 proc_pid_stat`. */
const hasEnded = (state: string): boolean => ["Z", "X", "x"].includes(state);

/** State and start of a process, from fields 3 and 22 of its line; the second field is a name that may hold anything. */
function linuxProcess(
  processId: number,
): { readonly state: string; readonly startTicks: string } | undefined {
  const line = process.platform === "linux" ? textOf(`/proc/${processId}/stat`) : undefined;
  const [state, ...rest] = line?.slice(line.lastIndexOf(")") + 2).split(" ") ?? [];
  const startTicks = rest[18];
  return state === undefined || startTicks === undefined ? undefined : { state, startTicks };
}

function bootId(): string {
  return textOf("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
