import { z } from "zod";
import { StoreForeignError, StoreTooNewError } from "../errors.ts";
import type { Database } from "./database.ts";

/** One step forward of the store's format. Steps are never changed once released, and there is no way back. */
export interface Migration {
  /** The value of SQLite's `user_version` after this step. */
  readonly version: number;
  readonly sql: string;
}

/** 'IDIO' in ASCII, written to the header of the file so that a foreign database is recognised. */
const applicationId = 0x4944494f;

/** All steps, oldest first, version n at index n − 1. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      PRAGMA application_id = ${applicationId};

      CREATE TABLE writers (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        folders TEXT NOT NULL,
        created_ms INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        path TEXT NOT NULL,
        hash TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        mtime_ms REAL NOT NULL,
        author TEXT,
        language TEXT,
        date_ms INTEGER,
        title TEXT,
        words INTEGER NOT NULL,
        UNIQUE (writer_id, path)
      ) STRICT;
      CREATE INDEX documents_by_hash ON documents (writer_id, hash);

      CREATE TABLE document_tags (
        document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (document_id, position)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sentences (
        document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        paragraph INTEGER NOT NULL,
        start_offset INTEGER NOT NULL,
        end_offset INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (document_id, position)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE passages (
        document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        model_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        first_sentence INTEGER NOT NULL,
        end_sentence INTEGER NOT NULL,
        tokens INTEGER NOT NULL,
        PRIMARY KEY (document_id, model_id, position)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE labels (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        sentence INTEGER,
        source TEXT NOT NULL,
        valence REAL NOT NULL,
        weight REAL NOT NULL
      ) STRICT;
      CREATE INDEX labels_by_document ON labels (document_id);

      CREATE TABLE corrections (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        created_ms INTEGER NOT NULL,
        content TEXT NOT NULL,
        vector_maker TEXT,
        vector BLOB
      ) STRICT;
      CREATE INDEX corrections_by_writer ON corrections (writer_id);

      CREATE TABLE profile_versions (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        created_ms INTEGER NOT NULL,
        base_model_id TEXT NOT NULL,
        format_version INTEGER NOT NULL,
        report TEXT NOT NULL,
        active INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX profile_versions_by_writer ON profile_versions (writer_id);
      CREATE UNIQUE INDEX one_active_profile_version ON profile_versions (writer_id) WHERE active = 1;

      CREATE TABLE profile_blobs (
        owner TEXT NOT NULL REFERENCES profile_versions (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (owner, name)
      ) STRICT;

      CREATE TABLE vectors (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        unit TEXT NOT NULL,
        position INTEGER NOT NULL,
        model_id TEXT NOT NULL,
        profile_version TEXT REFERENCES profile_versions (id) ON DELETE CASCADE,
        content BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX one_vector_each
        ON vectors (document_id, model_id, unit, position, coalesce(profile_version, ''));
      CREATE INDEX vectors_by_profile_version ON vectors (profile_version) WHERE profile_version IS NOT NULL;

      CREATE TABLE learning_runs (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        started_ms INTEGER NOT NULL,
        updated_ms INTEGER NOT NULL,
        plan TEXT NOT NULL,
        state TEXT NOT NULL
      ) STRICT;
      CREATE INDEX learning_runs_by_writer ON learning_runs (writer_id);

      CREATE TABLE checkpoints (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        run_id TEXT NOT NULL REFERENCES learning_runs (id) ON DELETE CASCADE,
        step INTEGER NOT NULL,
        created_ms INTEGER NOT NULL,
        resume TEXT NOT NULL
      ) STRICT;
      CREATE INDEX checkpoints_by_run ON checkpoints (run_id);

      CREATE TABLE checkpoint_blobs (
        owner TEXT NOT NULL REFERENCES checkpoints (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (owner, name)
      ) STRICT;

      CREATE TABLE leases (
        name TEXT PRIMARY KEY,
        process_id INTEGER NOT NULL,
        token TEXT NOT NULL,
        acquired_ms INTEGER NOT NULL,
        heartbeat_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 2,
    sql: `
      CREATE TABLE accepted_tags (
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        path TEXT NOT NULL,
        tag TEXT NOT NULL,
        accepted_ms INTEGER NOT NULL,
        PRIMARY KEY (writer_id, path, tag)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 3,
    sql: `
      ALTER TABLE corrections ADD COLUMN sha256 TEXT;

      ALTER TABLE leases ADD COLUMN process_mark TEXT;

      CREATE TABLE unfinished_erasures (
        name_sha256 TEXT PRIMARY KEY,
        traces BLOB NOT NULL
      ) STRICT;

      ALTER TABLE accepted_tags RENAME TO former_accepted_tags;
      CREATE TABLE accepted_tags (
        number INTEGER PRIMARY KEY,
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        path TEXT NOT NULL,
        text_hash TEXT NOT NULL,
        sentences BLOB NOT NULL,
        tag TEXT NOT NULL,
        accepted_ms INTEGER NOT NULL,
        UNIQUE (writer_id, path, text_hash, tag)
      ) STRICT;
      INSERT INTO accepted_tags (writer_id, path, text_hash, sentences, tag, accepted_ms)
        SELECT writer_id, path, '', x'', tag, accepted_ms FROM former_accepted_tags;
      DROP TABLE former_accepted_tags;
    `,
  },
  {
    version: 4,
    sql: `
      ALTER TABLE writers ADD COLUMN chosen_files TEXT;
    `,
  },
  {
    version: 5,
    sql: `
      ALTER TABLE writers ADD COLUMN places TEXT NOT NULL DEFAULT '{}';
    `,
  },
  {
    version: 6,
    // The language of each sentence.
    sql: `
      ALTER TABLE sentences ADD COLUMN language TEXT;
    `,
  },
  {
    version: 7,
    // No file has this time, so all are read again for the tags in their text.
    sql: `
      ALTER TABLE document_tags ADD COLUMN kind TEXT NOT NULL DEFAULT 'field';
      ALTER TABLE document_tags ADD COLUMN counts INTEGER NOT NULL DEFAULT 1;
      UPDATE documents SET mtime_ms = -1;
    `,
  },
  {
    version: 8,
    // What is prepared for tags. All of it can be made anew.
    sql: `
      CREATE TABLE prepared_tags (
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        name TEXT NOT NULL,
        made_from TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (writer_id, name)
      ) STRICT;
    `,
  },
  {
    version: 9,
    // What is prepared for tags of each document.
    sql: `
      CREATE TABLE prepared_documents (
        document_id INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
        made_from TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL
      ) STRICT;
    `,
  },
  {
    version: 10,
    // Whatever is told of tags goes through the documents by date.
    sql: `
      CREATE INDEX documents_by_date ON documents (writer_id, date_ms, path);
    `,
  },
  {
    version: 11,
    // Former names of tags, which lessons and accepted tags still have.
    sql: `
      CREATE TABLE renamed_tags (
        number INTEGER PRIMARY KEY,
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        from_tag TEXT NOT NULL,
        to_tag TEXT NOT NULL,
        renamed_ms INTEGER NOT NULL,
        UNIQUE (writer_id, from_tag, to_tag, renamed_ms)
      ) STRICT;
    `,
  },
  {
    version: 12,
    // What is prepared for tags of 256 documents at a time. It goes with whatever is prepared of one of them.
    sql: `
      CREATE TABLE prepared_parts (
        number INTEGER NOT NULL,
        writer_id INTEGER NOT NULL REFERENCES writers ON DELETE CASCADE,
        made_from TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (number, writer_id)
      ) STRICT;
      CREATE TRIGGER prepared_part_gone AFTER DELETE ON prepared_documents BEGIN
        DELETE FROM prepared_parts WHERE number = old.document_id / 256
          AND writer_id = (SELECT writer_id FROM documents WHERE id = old.document_id);
      END;
      CREATE TRIGGER prepared_part_document_gone AFTER DELETE ON documents BEGIN
        DELETE FROM prepared_parts WHERE number = old.id / 256 AND writer_id = old.writer_id;
      END;
      CREATE TRIGGER prepared_part_outdated AFTER INSERT ON prepared_documents BEGIN
        DELETE FROM prepared_parts WHERE number = new.document_id / 256
          AND writer_id = (SELECT writer_id FROM documents WHERE id = new.document_id);
      END;
    `,
  },
  {
    version: 13,
    // How much the writer's own reading counts, as an editor that had the writer's folder open was set last.
    sql: `
      ALTER TABLE writers ADD COLUMN tone_strength REAL;
    `,
  },
];

const versionRow = z.object({ user_version: z.number() });
const applicationRow = z.object({ application_id: z.number() });
const countRow = z.object({ count: z.number() });

/** What `migrate` did: the format that it found (0 for an empty file) and the format there is now. */
export interface MigrationResult {
  readonly from: number;
  readonly to: number;
}

/**
 * Brings the store to the newest format, one transaction a step, so that an interrupted step leaves the former format.
 *
 * @throws StoreTooNewError and StoreForeignError before anything was changed
 */
export function migrate(database: Database, steps: readonly Migration[] = migrations): MigrationResult {
  const from = knownFormatOf(database);
  const newest = steps.at(-1)?.version ?? 0;
  if (from > newest) throw new StoreTooNewError(database.path, from, newest);
  for (const step of steps) {
    if (step.version <= from) continue;
    database.transaction(() => {
      // Another process may have made this step while this one waited for the write lock.
      if (formatOf(database) >= step.version) return;
      database.execute(step.sql);
      database.execute(`PRAGMA user_version = ${step.version}`);
    });
  }
  return { from, to: formatOf(database) };
}

function formatOf(database: Database): number {
  return database.first(versionRow, "PRAGMA user_version")?.user_version ?? 0;
}

/** All is read from one moment: another process may be making the store. */
function knownFormatOf(database: Database): number {
  database.execute("BEGIN");
  try {
    const format = formatOf(database);
    refuseForeign(database, format);
    return format;
  } finally {
    database.execute("COMMIT");
  }
}

/** Whether Idiolect has made this database. */
export function isOurs(database: Database): boolean {
  return database.first(applicationRow, "PRAGMA application_id")?.application_id === applicationId;
}

function refuseForeign(database: Database, format: number): void {
  if (isOurs(database)) return;
  const tables = database.first(countRow, "SELECT count(*) AS count FROM sqlite_schema")?.count ?? 0;
  if (format !== 0 || tables !== 0) throw new StoreForeignError(database.path);
}
