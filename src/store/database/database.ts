import { randomUUID } from "node:crypto";
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { asStoreError, SqliteMissingError, StoreCorruptError } from "../errors.ts";

/** What the store needs from outside. It is passed in so that tests can set it. */
export interface StoreSurroundings {
  /** Tells the time in milliseconds since the epoch. */
  readonly clock: () => number;
  /** Gives at each call a new name that no other process gives. */
  readonly newId: () => string;
}

export interface DatabaseSurroundings extends StoreSurroundings {
  /** Is told of damage that is met while the database is used. */
  readonly onDamage: () => void;
}

/** Gives a row of a query a type, or throws where it has another. Every schema of Zod is one. */
export interface RowParser<Row> {
  parse(found: unknown): Row;
}

/** A value for a column; `undefined` is written as SQL's NULL, a boolean as 0 or 1. */
export type ColumnValue = SQLInputValue | boolean | undefined;

/** A SQLite connection whose rows are parsed where they come in and whose failures are errors of the store. */
export class Database {
  /** Path of the database file. */
  readonly path: string;
  readonly clock: StoreSurroundings["clock"];
  readonly newId: StoreSurroundings["newId"];
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #onDamage: () => void;

  constructor(connection: DatabaseSync, path: string, surroundings: Partial<DatabaseSurroundings> = {}) {
    this.#connection = connection;
    this.path = path;
    this.clock = surroundings.clock ?? Date.now;
    this.newId = surroundings.newId ?? randomUUID;
    this.#onDamage = surroundings.onDamage ?? (() => undefined);
  }

  get isInTransaction(): boolean {
    return this.#connection.isTransaction;
  }

  /** Runs SQL without parameters and results. */
  execute(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  /** Runs one writing statement and gives the number of rows that it changed. */
  run(sql: string, ...values: readonly ColumnValue[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...values.map(asColumn)).changes));
  }

  /** Gives all rows of a query, each parsed by `row`. */
  all<T>(row: RowParser<T>, sql: string, ...values: readonly ColumnValue[]): readonly T[] {
    return this.#guard(() =>
      this.#statement(sql)
        .all(...values.map(asColumn))
        .map((found) => this.#parsed(row, found)),
    );
  }

  /** Gives the values of a query's rows one by one, whatever they mean, for what would not fit into memory together. */
  *eachValue(sql: string, ...values: readonly ColumnValue[]): Generator<SQLOutputValue> {
    const rows = this.#guard(() => this.#connection.prepare(sql).iterate(...values.map(asColumn)));
    try {
      for (;;) {
        const found = this.#guard(() => rows.next());
        if (found.done) return;
        yield* Object.values(found.value);
      }
    } finally {
      // A query that was not read to its end would keep its table locked.
      rows.return?.();
    }
  }

  /** Gives the first row of a query, or `undefined` where there is none. */
  first<T>(row: RowParser<T>, sql: string, ...values: readonly ColumnValue[]): T | undefined {
    return this.#guard(() => {
      const found = this.#statement(sql).get(...values.map(asColumn));
      return found === undefined ? undefined : this.#parsed(row, found);
    });
  }

  /**
   * Runs `body` so that either all of its changes are kept or none. Inside another transaction it joins that one.
   * The write lock is taken at the start, so a wait for another process happens before anything was read.
   */
  transaction<T>(body: () => T): T {
    if (this.#connection.isTransaction) return body();
    this.execute("BEGIN IMMEDIATE");
    try {
      const result = body();
      this.execute("COMMIT");
      return result;
    } catch (cause) {
      // SQLite has already rolled back by itself after some failures, a full disk among them.
      if (this.#connection.isTransaction) this.execute("ROLLBACK");
      throw cause;
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#connection.isOpen) this.#guard(() => this.#connection.close());
  }

  #statement(sql: string): StatementSync {
    const kept = this.#statements.get(sql) ?? this.#connection.prepare(sql);
    this.#statements.set(sql, kept);
    return kept;
  }

  /** A row of another type than its columns have is damage, however its parser says so. */
  #parsed<T>(row: RowParser<T>, found: Record<string, SQLOutputValue | undefined>): T {
    try {
      return row.parse(withoutNulls(found));
    } catch (cause) {
      throw new StoreCorruptError(this.path, cause);
    }
  }

  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      const error = asStoreError(cause, this.path);
      if (error instanceof StoreCorruptError) this.#onDamage();
      throw error;
    }
  }
}

/** A table, or several that belong together, with the statements that work on it. */
export abstract class Table {
  protected readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }
}

/** Connects with a database file, and makes it where it is missing. */
export function openDatabase(
  path: string,
  busyTimeoutMs: number,
  surroundings: Partial<DatabaseSurroundings>,
): Database {
  const { DatabaseSync } = sqliteModule();
  try {
    const connection = new DatabaseSync(path, { timeout: busyTimeoutMs });
    const database = new Database(connection, path, surroundings);
    // What is deleted is overwritten, and nothing is written to temporary files outside of the folder.
    database.execute("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
    return database;
  } catch (cause) {
    throw asStoreError(cause, path);
  }
}

function asColumn(value: ColumnValue): SQLInputValue {
  if (value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value;
}

/** NULL means absence; absence is `undefined` in this code base. The row is changed: it is one of thousands. */
function withoutNulls(
  row: Record<string, SQLOutputValue | undefined>,
): Record<string, SQLOutputValue | undefined> {
  for (const name in row) if (row[name] === null) row[name] = undefined;
  return row;
}

/**
 * Gives Node's SQLite. It is asked for at run time, for a static import of a missing module would stop the program
 * with a message that helps nobody.
 *
 * @param getBuiltin finds a built-in module by name; absent in Node.js versions that have no SQLite anyway
 * @throws SqliteMissingError
 */
export function sqliteModule(
  getBuiltin:
    | ((name: "node:sqlite") => typeof import("node:sqlite") | undefined)
    | undefined = process.getBuiltinModule,
): typeof import("node:sqlite") {
  const found = getBuiltin?.("node:sqlite");
  if (found === undefined) throw new SqliteMissingError(process.version);
  return found;
}
