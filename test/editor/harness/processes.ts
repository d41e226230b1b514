import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** The programs of ours that run below an editor. */
export const programs = { server: "dist/server.js", learner: "dist/learner.js" } as const;

const limitMs = 60_000;

/** Ids of all processes below one, itself included. */
export function processTree(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const stat = readQuietly(`/proc/${name}/stat`);
    // The second field, in brackets, may hold blanks.
    const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
    parents.set(Number(name), Number(parent));
  }
  const below = (id: number): readonly number[] => [
    id,
    ...[...parents].filter(([, parent]) => parent === id).flatMap(([child]) => below(child)),
  ];
  return below(root);
}

/** Ids of the processes below an editor that run one of our programs; one per window. */
export function findProcesses(root: number, program: keyof typeof programs): readonly number[] {
  return processTree(root).filter((id) => {
    const words = readQuietly(`/proc/${id}/cmdline`).split("\0");
    return words.some((word) => word.endsWith(programs[program]));
  });
}

/** The process that runs one of our programs, once there is one other than `former`. */
export async function awaitProcess(
  root: number,
  program: keyof typeof programs,
  former?: number,
): Promise<number> {
  const limit = AbortSignal.timeout(limitMs);
  while (!limit.aborted) {
    const found = findProcesses(root, program).find((id) => id !== former);
    if (found !== undefined) {
      return found;
    }
    await delay(50);
  }
  throw new Error(`No new process runs ${programs[program]}.`);
}

export function isRunning(id: number): boolean {
  return readQuietly(`/proc/${id}/cmdline`) !== "";
}

/** Empty where the process has ended meanwhile. */
function readQuietly(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
