import { DatabaseSync } from "node:sqlite";

const limitMs = 600_000;

/**
 * Does the work while no other process that names the same file does its own; whoever comes later waits, and throws after
 * ten minutes. The operating system holds the lock, so it is free again when its holder dies.
 */
export function alone<T>(file: string, work: () => T): T {
  using lock = new DatabaseSync(file, { timeout: limitMs });
  lock.exec("BEGIN EXCLUSIVE");
  return work();
}
