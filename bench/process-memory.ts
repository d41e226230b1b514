import { readdirSync, readFileSync } from "node:fs";

/** How often memory is looked at; each look costs the kernel some milliseconds. */
const intervalMs = 1000;

export interface MemoryWatch {
  /** Ends the watch and gives the largest sum seen, in bytes; undefined where the system does not tell. */
  stop(): number | undefined;
}

/** Watches the proportional set size (PSS) of a process and all its descendants. */
export function watchMemory(processId: number | undefined): MemoryWatch {
  let peakBytes = 0;
  const look = (): void => {
    if (processId !== undefined) {
      const sum = processTree(processId).reduce((total, id) => total + proportionalBytes(id), 0);
      peakBytes = Math.max(peakBytes, sum);
    }
  };
  const timer = setInterval(look, intervalMs);
  return {
    stop() {
      clearInterval(timer);
      return peakBytes === 0 ? undefined : peakBytes;
    },
  };
}

function processTree(processId: number): readonly number[] {
  const children = threadsOf(processId).flatMap((thread) =>
    readProc(`${processId}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
  return [processId, ...children.flatMap(processTree)];
}

function threadsOf(processId: number): readonly string[] {
  try {
    return readdirSync(`/proc/${processId}/task`);
  } catch {
    return [];
  }
}

function proportionalBytes(processId: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB/m.exec(readProc(`${processId}/smaps_rollup`))?.[1];
  return 1024 * Number(kibibytes ?? 0);
}

/** Empty for a process that has just ended, and on systems without /proc. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}
