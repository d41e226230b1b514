import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";

/** What a file is like from outside. A program that writes to it changes the time or the size, a copy is another file. */
interface FileStamp {
  readonly size: string;
  readonly mtimeNs: string;
  readonly inode: string;
}

const markShape = z.object({
  size: z.string(),
  mtimeNs: z.string(),
  inode: z.string(),
  /** When all pages were walked through last. */
  walkedMs: z.number(),
});
type Mark = z.infer<typeof markShape>;

/** A disk may change bytes and tell nobody, so all pages are walked through this often in any case. */
const longestMs = 7 * 24 * 60 * 60_000;

/**
 * A file beside a database that says what the database was like when it was last known to be whole: after all of its pages
 * were walked through, and whenever it was closed properly from then on. Where it still is like that, the walk can be left
 * out, which takes longer the more is kept. Where the mark cannot be read or written, the walk is made.
 */
export class SoundnessMark {
  readonly #database: string;
  readonly #clock: () => number;
  readonly #path: string;

  constructor(paths: { readonly database: string; readonly mark: string }, clock: () => number) {
    this.#database = paths.database;
    this.#path = paths.mark;
    this.#clock = clock;
  }

  /** Whether the database is as it was when it was known to be whole, and that was not too long ago. */
  get fits(): boolean {
    const mark = this.#read();
    const now = this.stamp();
    if (mark === undefined || now === undefined) return false;
    const age = this.#clock() - mark.walkedMs;
    const isSame = mark.size === now.size && mark.mtimeNs === now.mtimeNs && mark.inode === now.inode;
    return isSame && age >= 0 && age < longestMs;
  }

  /** What the database is like now; undefined where there is none. */
  stamp(): FileStamp | undefined {
    const found = statSync(this.#database, { bigint: true, throwIfNoEntry: false });
    return found && { size: `${found.size}`, mtimeNs: `${found.mtimeNs}`, inode: `${found.ino}` };
  }

  /** To be called when all pages were walked through and are whole. @param before what the database was like then */
  walked(before: FileStamp | undefined): void {
    if (before !== undefined) this.#write({ ...before, walkedMs: this.#clock() });
  }

  /** To be called when the last connection was closed, and nothing wrong was met. */
  closed(): void {
    const mark = this.#read();
    const now = this.stamp();
    if (mark !== undefined && now !== undefined) this.#write({ ...now, walkedMs: mark.walkedMs });
  }

  /** Has the next opening walk through all pages. */
  drop(): void {
    attempt(() => rmSync(this.#path, { force: true }));
  }

  #read(): Mark | undefined {
    return attempt(() => markShape.parse(JSON.parse(readFileSync(this.#path, "utf8"))));
  }

  #write(mark: Mark): void {
    attempt(() => writeFileSync(this.#path, JSON.stringify(mark), { mode: 0o600 }));
  }
}

/** A mark is only there to save time. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
