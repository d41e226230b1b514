import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { CellFigures } from "./study.ts";

const line = z.object({
  key: z.string(),
  figures: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.number()))),
  seconds: z.number(),
});

/** A measured cell, and how long it took. */
export interface Cell {
  readonly figures: CellFigures;
  readonly seconds: number;
}

/**
 * Finished cells in a file of JSON lines, so that a study goes on where it was interrupted. Lines that are
 * broken, as the last one of a killed process may be, count as not there.
 */
export class CellCache {
  readonly #path: string;
  readonly #cells = new Map<string, Cell>();

  constructor(path: string) {
    this.#path = path;
    const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
    for (const text of lines) {
      const parsed = parseLine(text);
      if (parsed !== undefined) {
        const { key, ...cell } = parsed;
        this.#cells.set(key, cell);
      }
    }
  }

  get(settings: unknown): Cell | undefined {
    return this.#cells.get(keyOf(settings));
  }

  keep(settings: unknown, cell: Cell): void {
    const key = keyOf(settings);
    this.#cells.set(key, cell);
    // A line break first: the line before may have been cut off.
    appendFileSync(this.#path, `\n${JSON.stringify({ key, ...cell })}`);
  }
}

function parseLine(text: string): z.infer<typeof line> | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Changes with everything in the settings. */
export function keyOf(settings: unknown): string {
  return createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 24);
}
