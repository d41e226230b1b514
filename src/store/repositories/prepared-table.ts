import { type RowParser, Table } from "../database/database.ts";
import { sha256 } from "../database/named-blobs.ts";
import { StoreCorruptError, StoreError } from "../errors.ts";

/** Something that is prepared for suggesting tags, and a name of all that it was made from. */
export interface Prepared {
  readonly madeFrom: string;
  readonly content: Uint8Array;
}

/** As it comes back: with the SHA-256 that its content had when it was kept. */
export interface KeptPrepared extends Prepared {
  readonly sha256: string;
}

/** Thousands are read for one question, and each is checked by its sum: a schema would cost more than the row. */
export const keptRow: RowParser<KeptPrepared> = { parse: (found) => found as KeptPrepared };

/**
 * Holds what can be made anew: what is damaged counts as absent, and where the store cannot be written nothing is kept.
 */
export abstract class PreparedTable extends Table {
  /** What `read` gives, or `absent` where it meets damage. */
  protected orAbsent<Read>(read: () => Read, absent: Read): Read {
    try {
      return read();
    } catch (cause) {
      if (cause instanceof StoreCorruptError) return absent;
      throw cause;
    }
  }

  protected keepIfPossible(write: () => void): void {
    try {
      write();
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
    }
  }

  protected isIntact({ madeFrom, content, sha256: kept }: KeptPrepared): boolean {
    return typeof madeFrom === "string" && content instanceof Uint8Array && sha256(content) === kept;
  }
}
