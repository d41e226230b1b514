import { z } from "zod";
import { said } from "../../said/said.ts";
import { toldShape } from "../../said/said-shapes.ts";
import { type JsonValue, jsonColumn } from "../database/columns.ts";
import { Table } from "../database/database.ts";
import { insertBlobs, type NamedBlobs, readBlobs } from "../database/named-blobs.ts";
import { StoreChecksumError, StoreMissingError } from "../errors.ts";

const progressShape = z.object({
  /** What is being done, for instance `masking` or `tags`. */
  stage: z.string(),
  step: z.number(),
  /** Steps expected in all. */
  steps: z.number(),
  /** Time spent learning so far, pauses not counted. */
  seconds: z.number(),
  peakMemoryBytes: z.number(),
});
/** The shape of a run's state, as JSON keeps it. */
export const stateShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("running"), progress: progressShape }),
  z.object({ kind: z.literal("paused"), progress: progressShape, reason: z.string() }),
  z.object({ kind: z.literal("cancelled"), progress: progressShape }),
  z.object({
    kind: z.literal("failed"),
    progress: progressShape,
    /** In English. */
    message: z.string(),
    advice: z.string().optional(),
    /** The same with its values apart; absent of what nobody foresaw, and of runs before this was kept. */
    told: toldShape.optional(),
    /** The surroundings were to blame, such as too little memory: asked to, the same run may go on. */
    canGoOn: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("done"), progress: progressShape, profileVersion: z.string().optional() }),
]);

/** How far a learning run is. */
export type LearningProgress = Readonly<z.infer<typeof progressShape>>;

/** Where a learning run stands. `done` without a profile version means that the gate kept the former one. */
export type LearningState = Readonly<z.infer<typeof stateShape>>;

/** One attempt to learn a writer. */
export interface LearningRun {
  readonly id: string;
  readonly startedMs: number;
  readonly updatedMs: number;
  /** What is learned and how (seed, options, documents), so that a resumed run is the same run. */
  readonly plan: JsonValue;
  readonly state: LearningState;
}

/** A point from which a run can go on. */
export interface Checkpoint {
  readonly step: number;
  /** Small state: position in the data, state of the random generator, losses so far. */
  readonly resume: JsonValue;
  /** Trainable values and the optimiser's moments. */
  readonly blobs: NamedBlobs;
}

const keptCheckpoints = 2;
const keptRuns = 20;
const runRow = z.object({
  id: z.string(),
  startedMs: z.number(),
  updatedMs: z.number(),
  plan: jsonColumn(z.json()),
  state: jsonColumn(stateShape),
});
const checkpointRow = z.object({ id: z.string(), step: z.number(), resume: jsonColumn(z.json()) });

/** Learning runs with their checkpoints. */
export class LearningRuns extends Table {
  /** Begins a run in the state `running`. Checkpoints of the writer's earlier runs go: the new run replaces them. */
  start(writerId: number, plan: JsonValue, progress: LearningProgress): LearningRun {
    const [id, nowMs] = [this.database.newId(), this.database.clock()];
    const state = { kind: "running", progress } as const;
    const sql = `INSERT INTO learning_runs (id, writer_id, started_ms, updated_ms, plan, state)
      VALUES (?, ?, ?, ?, ?, ?)`;
    this.database.transaction(() => {
      const oldSql =
        "DELETE FROM checkpoints WHERE run_id IN (SELECT id FROM learning_runs WHERE writer_id = ?)";
      this.database.run(oldSql, writerId);
      this.database.run(sql, id, writerId, nowMs, nowMs, JSON.stringify(plan), JSON.stringify(state));
      const oldRunsSql = `DELETE FROM learning_runs WHERE writer_id = ? AND number NOT IN
        (SELECT number FROM learning_runs WHERE writer_id = ? ORDER BY number DESC LIMIT ?)`;
      this.database.run(oldRunsSql, writerId, writerId, keptRuns);
    });
    return { id, startedMs: nowMs, updatedMs: nowMs, plan, state };
  }

  /** Moves a run to a state. A run that is done or cancelled drops its checkpoints: nobody goes on from them. */
  setState(runId: string, state: LearningState): void {
    this.database.transaction(() => {
      const sql = "UPDATE learning_runs SET state = ?, updated_ms = ? WHERE id = ?";
      const changed = this.database.run(sql, JSON.stringify(state), this.database.clock(), runId);
      if (changed === 0) throw new StoreMissingError(said("learning run {0}", runId));
      if (state.kind === "done" || state.kind === "cancelled") {
        this.database.run("DELETE FROM checkpoints WHERE run_id = ?", runId);
      }
    });
  }

  /** The last runs of a writer, newest first. */
  list(writerId: number): readonly LearningRun[] {
    const sql = `SELECT id, started_ms AS startedMs, updated_ms AS updatedMs, plan, state
      FROM learning_runs WHERE writer_id = ? ORDER BY number DESC`;
    return this.database.all(runRow, sql, writerId);
  }

  /**
   * The writer's newest run, if it can go on: paused, or `running` in the store. Whether a learner still works on
   * a running one, the lease tells; after a crash nobody does. A failed run is not offered, for it may fail again;
   * its checkpoints stay until the next `start`.
   */
  unfinished(writerId: number): LearningRun | undefined {
    const newest = this.list(writerId)[0];
    return newest?.state.kind === "running" || newest?.state.kind === "paused" ? newest : undefined;
  }

  /** The writer's newest run, if it can go on when somebody asks for it: unfinished, or failed for want of something. */
  resumable(writerId: number): LearningRun | undefined {
    const newest = this.list(writerId)[0];
    const mayBeTriedAgain = newest?.state.kind === "failed" && newest.state.canGoOn === true;
    return mayBeTriedAgain ? newest : this.unfinished(writerId);
  }

  /** Writes a checkpoint and the progress at it in one transaction, and drops all but the newest two. */
  saveCheckpoint(runId: string, checkpoint: Checkpoint, progress: LearningProgress): void {
    const id = this.database.newId();
    this.database.transaction(() => {
      this.setState(runId, { kind: "running", progress });
      const sql = "INSERT INTO checkpoints (id, run_id, step, created_ms, resume) VALUES (?, ?, ?, ?, ?)";
      this.database.run(
        sql,
        id,
        runId,
        checkpoint.step,
        this.database.clock(),
        JSON.stringify(checkpoint.resume),
      );
      insertBlobs(this.database, "checkpoint_blobs", id, checkpoint.blobs);
      for (const old of this.#checkpoints(runId).slice(keptCheckpoints)) {
        this.database.run("DELETE FROM checkpoints WHERE id = ?", old.id);
      }
    });
  }

  /**
   * Reads the newest checkpoint whose checksums fit; `undefined` = the run has not written any.
   *
   * @throws StoreChecksumError if there are checkpoints but all are damaged
   */
  newestCheckpoint(runId: string): Checkpoint | undefined {
    let damage: StoreChecksumError | undefined;
    for (const { id, step, resume } of this.#checkpoints(runId)) {
      try {
        return { step, resume, blobs: readBlobs(this.database, "checkpoint_blobs", id) };
      } catch (cause) {
        if (!(cause instanceof StoreChecksumError)) throw cause;
        damage ??= cause;
      }
    }
    if (damage !== undefined) throw damage;
    return undefined;
  }

  #checkpoints(runId: string): readonly z.infer<typeof checkpointRow>[] {
    const sql = `SELECT id, step, resume FROM checkpoints WHERE run_id = ? ORDER BY number DESC`;
    return this.database.all(checkpointRow, sql, runId);
  }
}
