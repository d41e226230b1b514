import { existsSync } from "node:fs";
import { Corrections } from "./corrections/corrections.ts";
import { CorrectionsMirror } from "./corrections/corrections-mirror.ts";
import type { ReconciledCorrections } from "./corrections/reconcile-corrections.ts";
import type { Database } from "./database/database.ts";
import type { Journal } from "./database/journal.ts";
import { SoundnessMark } from "./database/soundness-mark.ts";
import { Lease } from "./lease.ts";
import { AcceptedTags } from "./repositories/accepted-tags.ts";
import { Documents } from "./repositories/documents.ts";
import { Labels } from "./repositories/labels.ts";
import { LearningRuns } from "./repositories/learning-runs.ts";
import { Passages } from "./repositories/passages.ts";
import { PreparedDocuments } from "./repositories/prepared-documents.ts";
import { PreparedParts } from "./repositories/prepared-parts.ts";
import { PreparedTagParts } from "./repositories/prepared-tags.ts";
import { ProfileVersions } from "./repositories/profile-versions.ts";
import { RenamedTags } from "./repositories/renamed-tags.ts";
import { Vectors } from "./repositories/vectors.ts";
import { Vocabulary } from "./repositories/vocabulary.ts";
import { Writers } from "./repositories/writers.ts";
import { companionsOf, type StorePaths } from "./store-folder.ts";

/** What was found when the store was opened. */
export type StoreOrigin =
  /** There is no store, and none was made: an empty one in memory stands for it. */
  | { readonly kind: "none" }
  | { readonly kind: "created" }
  | { readonly kind: "existing" }
  | { readonly kind: "migrated"; readonly fromFormat: number }
  /** The file was damaged. It lies at `setAside` now, and the store is new but for the corrections. */
  | { readonly kind: "rebuilt"; readonly setAside: string };

/** What opening the store did, for messages. */
export interface StoreOpening extends ReconciledCorrections {
  readonly origin: StoreOrigin;
  readonly journal: Journal;
}

/** Everything that is kept about writers, on one disk, for one user. */
export class Store {
  readonly paths: StorePaths;
  readonly opening: StoreOpening;
  readonly writers: Writers;
  readonly documents: Documents;
  readonly vectors: Vectors;
  readonly passages: Passages;
  readonly labels: Labels;
  readonly corrections: Corrections;
  readonly acceptedTags: AcceptedTags;
  readonly renamedTags: RenamedTags;
  readonly vocabulary: Vocabulary;
  readonly preparedTags: PreparedTagParts;
  readonly preparedDocuments: PreparedDocuments;
  readonly preparedParts: PreparedParts;
  readonly profileVersions: ProfileVersions;
  readonly learningRuns: LearningRuns;
  readonly lease: Lease;
  /** The connection itself, for this folder's own inventory and forgetting. */
  readonly database: Database;
  readonly mirror: CorrectionsMirror;
  readonly #mark: SoundnessMark;

  constructor(paths: StorePaths, database: Database, opening: StoreOpening) {
    this.paths = paths;
    this.database = database;
    this.opening = opening;
    this.mirror = new CorrectionsMirror(paths.mirror);
    this.#mark = new SoundnessMark(paths, database.clock);
    this.writers = new Writers(database);
    this.documents = new Documents(database);
    this.vectors = new Vectors(database);
    this.passages = new Passages(database);
    this.labels = new Labels(database);
    this.corrections = new Corrections(database, this.mirror);
    this.acceptedTags = new AcceptedTags(database);
    this.renamedTags = new RenamedTags(database);
    this.vocabulary = new Vocabulary(database);
    this.preparedTags = new PreparedTagParts(database);
    this.preparedDocuments = new PreparedDocuments(database);
    this.preparedParts = new PreparedParts(database);
    this.profileVersions = new ProfileVersions(database);
    this.learningRuns = new LearningRuns(database);
    this.lease = new Lease(database);
  }

  /** Runs several writes so that either all are kept or none. */
  inTransaction<T>(body: () => T): T {
    return this.database.isInTransaction ? body() : this.corrections.settling(body);
  }

  close(): void {
    this.database.close();
    // Whoever closes the database last takes its log away.
    if (!companionsOf(this.paths.database).some(existsSync)) this.#mark.closed();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
