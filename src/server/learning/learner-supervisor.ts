import type { Disposable } from "vscode-languageserver/node";
import { authorKey } from "../../corpus/authors.ts";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import { formerAuthor } from "../../profile/corpus-options.ts";
import type { FromLearner, LearningPace } from "../../protocol/learner.ts";
import type { LearnAnswer, LearningStatus, LearnParameters } from "../../protocol/learning-status.ts";
import { RestartLimit, restartLimits } from "../../protocol/restart-limit.ts";
import { inEnglish } from "../../said/said.ts";
import { livingHolder } from "../../session/lease-keeper.ts";
import { nameOfWriter } from "../../session/writer-name.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { ServerContext } from "../context.ts";
import { t } from "../language.ts";
import { notifyEditor } from "../notify-editor.ts";
import { UserActivity } from "../turns/idle-timer.ts";
import { cannotLearn } from "./cannot-learn.ts";
import { LearningNotices, StatusAnnouncer } from "./learning-announcements.ts";
import { corpusSettings, type JobEnd, learningJob, ofPace, RunningJob } from "./learning-job.ts";
import {
  elsewhereStatus,
  failedLearning,
  failedRun,
  failureOf,
  type LearningFailure,
  learningStamp,
  noteFailure,
  refused,
  restingStatus,
  unfinishedRun,
  unopenedStatus,
  withNews,
} from "./learning-status.ts";
import { StoreLookout } from "./store-lookout.ts";

interface FailedLearning {
  readonly status: LearningFailure;
  /** As they were asked for. */
  readonly folders: readonly string[];
  /** Of the store at that time. */
  readonly stamp: string | undefined;
}

type Ongoing = Extract<LearningStatus, { kind: "learning" | "elsewhere" }>;

/**
 * Has one writer at a time learned in a process of its own, and knows how learning stands.
 *
 *                    learn, resume                              done, paused, cancelled, cut
 *     at rest ────────────────────────▶ at work (#running) ──────────────────────────────────────▶ at rest
 *        ▲                                ▲        │
 *        │ somebody has learned since     │ resume │ failed, or died too often (RunningJob)
 *        └──────────────────────── failed (#failure) ◀
 *
 * At rest the store says what holds: `unlearned`, `idle`, `paused`, `failed` in another window, or `elsewhere`, where
 * another process learns. While something is erased (#isHeld) nothing begins.
 */
export class LearnerSupervisor {
  readonly activity: UserActivity;
  readonly #context: ServerContext;
  readonly #announcer: StatusAnnouncer;
  readonly #notices: LearningNotices;
  readonly #lookout: StoreLookout;
  readonly #restarts = new RestartLimit(restartLimits.learner, Date.now);
  #running: RunningJob | undefined;
  #failure: FailedLearning | undefined;
  /** Something is being erased: nothing may be learned meanwhile. */
  #isHeld = false;
  readonly #listeners = new Set<() => void>();

  constructor(context: ServerContext) {
    this.#context = context;
    this.#announcer = new StatusAnnouncer((status) => notifyEditor(context, "status", status));
    this.#notices = new LearningNotices(
      (notice) => notifyEditor(context, "notice", notice),
      (line) => context.connection.console.info(line),
    );
    this.#lookout = new StoreLookout(context, () => this.#lookAgain());
    context.news.onChanged(() => this.#announce());
    this.activity = new UserActivity(() => this.#running?.followPace());
  }

  get learnerProcessId(): number | undefined {
    return this.#running?.processId;
  }

  /** What goes on, here or in another process; undefined where nothing does. Costs less than `status`. */
  get ongoing(): Ongoing | undefined {
    if (this.#running !== undefined) return this.#running.status;
    const { store } = this.#lookout;
    return store && elsewhereStatus(store, Date.now);
  }

  /** Of the run that goes on; empty where none does, and where it goes on with what it learned before. */
  get learnedFolders(): readonly string[] {
    return this.#running?.job.folders ?? [];
  }

  /** Is told whenever the status may have changed. */
  onChanged(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** For the editor: what it is told then is not announced again. */
  answerStatus(): LearningStatus {
    const status = this.status();
    this.#announcer.noteAnswered(status);
    return status;
  }

  status(): LearningStatus {
    if (this.#lookout.start()) this.#context.news.lookSoon();
    try {
      return withNews(this.#plainStatus(), (writer) => this.#context.news.since(writer));
    } catch (cause) {
      return unopenedStatus(cause);
    }
  }

  #plainStatus(): LearningStatus {
    if (this.#running !== undefined) return this.#running.status;
    const resting = this.#restingStatus();
    const failure = this.#currentFailure()?.status;
    const status = resting.kind === "elsewhere" ? resting : (failure ?? resting);
    this.#lookout.lookAgainIfElsewhere(status);
    return status;
  }

  async learn({ folders, writer, author }: LearnParameters): Promise<LearnAnswer> {
    const refusal = this.#refusal();
    if (refusal !== undefined) return refusal;
    const asked = folders.map((folder) => canonicalPath(folder));
    const paths = asked.filter((folder) => this.#context.settings(folder).learning.enabled);
    if (asked.length > 0 && paths.length === 0) {
      return refused(
        t("Learning is switched off for these folders."),
        t("The setting idiolect.learning.enabled switches it on."),
      );
    }
    const wanted = author ?? this.#context.settings(paths[0]).author.trim();
    const name = writer ?? (await this.#nameFor(paths, wanted === "" ? undefined : wanted));
    if (name === undefined) {
      return refused(t("It is not clear whose documents to learn from."), t("Choose a folder of documents."));
    }
    return this.#start(name, paths, author);
  }

  /** Learns a writer of a former base model from the folders consented to; there are no tags of this one yet. */
  learnAnew(writer: string): void {
    this.#start(writer, [], undefined, "noTags");
  }

  async pause(): Promise<LearningStatus> {
    await this.#running?.pause();
    return this.answerStatus();
  }

  resume(): LearnAnswer {
    const failure = this.#currentFailure();
    if (failure !== undefined) return this.#start(failure.status.writer, failure.folders);
    const store = this.#context.host.storeIfAny();
    const run = store && (unfinishedRun(store) ?? failedRun(store));
    return run === undefined
      ? refused(t("There is no interrupted learning to resume."), t("Start learning anew."))
      : this.#start(run.writer.name, []);
  }

  /**
   * Runs `work` while no learner of this server is at work. One that learns `forgotten` (undefined: any) is
   * cancelled; another is paused and goes on afterwards.
   */
  async whileStopped<T>(forgotten: string | undefined, work: () => Promise<T>): Promise<T> {
    this.#isHeld = true;
    const run = this.#running;
    const goesOn = run !== undefined && forgotten !== undefined && run.job.writer !== forgotten;
    try {
      await (goesOn ? run.pause() : run?.cancel());
      return await work();
    } finally {
      this.#isHeld = false;
      this.#failure = undefined;
      if (goesOn) this.#start(run.job.writer, run.job.folders);
      else this.#announce();
    }
  }

  followPace(): void {
    this.#running?.followPace();
  }

  /** Lets a learner end by itself; it writes a checkpoint first. */
  async close(): Promise<void> {
    this.activity.stop();
    this.#announcer.stop();
    this.#lookout.stop();
    await this.#running?.letGo();
  }

  #refusal(): LearnAnswer | undefined {
    const unavailable = cannotLearn();
    if (unavailable !== undefined) return refused(unavailable.reason, unavailable.advice);
    if (this.#running !== undefined) {
      return refused(
        t("{0} is being learned already.", this.#running.job.writer),
        t("Wait until that is done."),
      );
    }
    if (this.#isHeld) {
      return refused(t("Something is being erased at the moment."), t("Try again when that is done."));
    }
    const holder = this.#lookout.store?.lease;
    const other = holder && livingHolder(holder, Date.now);
    return (
      other &&
      refused(
        t("Another window or a terminal is learning (process {0}).", other.processId),
        t("Wait until it is done, or pause it there."),
      )
    );
  }

  async #nameFor(folders: readonly string[], author: string | undefined): Promise<string | undefined> {
    const store = this.#context.host.store();
    if (folders.length > 0) return nameOfWriter(store, folders, author);
    const writers = store.writers.list();
    return writers.length === 1 && writers[0]!.folders.length > 0 ? writers[0]!.name : undefined;
  }

  #start(
    writer: string,
    folders: readonly string[],
    author?: string,
    former: "profile" | "noTags" = "profile",
  ): LearnAnswer {
    const refusal = this.#refusal();
    if (refusal !== undefined) return refusal;
    const { places, settings, isSaid, host } = this.#context;
    const store = host.store();
    const known = store.writers.named(writer);
    const hasProfile = known !== undefined && store.profileVersions.active(known.id) !== undefined;
    const hasTags = former === "profile" && hasProfile;
    const first = folders[0] ?? known?.folders[0];
    const { learning, voice } = settings(first);
    const job = learningJob(
      {
        writer,
        folders,
        author: author ?? this.#authorFor(known, folders),
        ...this.#consent(),
        coAuthors: isSaid("learning.coAuthors", first) ? learning.coAuthors : undefined,
        voice: isSaid("voice.enabled", first) ? voice.enabled : undefined,
      },
      places(),
      { learning },
      corpusSettings(this.#context, [...new Set([...folders, ...(known?.folders ?? [])])]),
    );
    const run = new RunningJob(job, hasTags, this.#restarts, {
      pace: () => this.#pace(),
      hear: (message) => this.#hear(message),
    });
    this.#running = run;
    this.#failure = undefined;
    void run.ended.then((end) => this.#settle(end));
    this.#announce();
    return { kind: "started", writer };
  }

  /** The setting's; of a writer who was learned as somebody else it says nothing. */
  #authorFor(writer: Writer | undefined, folders: readonly string[]): string | undefined {
    const author = this.#context.settings(folders[0] ?? writer?.folders[0]).author.trim();
    if (author === "") return undefined;
    const former = writer && formerAuthor(this.#context.host.store(), writer);
    const isSame = former === undefined || former === "" || authorKey(former) === authorKey(author);
    return isSame ? author : undefined;
  }

  /** What an editor does not say of a folder that is open takes in none that was left out. */
  #consent(): { readonly leaveOut: readonly string[]; readonly takeIn: readonly string[] } {
    const { leftOutFolders, folders, isSaid } = this.#context;
    const leaveOut = leftOutFolders();
    const isTakenIn = (folder: string) => !leaveOut.includes(folder) && isSaid("learning.enabled", folder);
    return { leaveOut, takeIn: folders().filter(isTakenIn) };
  }

  #pace(): LearningPace {
    return {
      ...ofPace(this.#context.settings().learning),
      isUserActive: this.activity.isActive,
    };
  }

  #hear(message: FromLearner): void {
    this.#notices.hear(message);
    // Now the text is read that the run works on.
    if (message.kind === "found") this.#context.news.lookSoon();
    if (message.kind === "published") {
      this.#lookout.noteProfiles();
      this.#context.readingsChanged();
    }
    if (["progress", "published", "waiting"].includes(message.kind)) this.#announce();
  }

  #settle(end: JobEnd): void {
    this.#context.news.lookSoon();
    const { writer, folders } = this.#running!.job;
    this.#running = undefined;
    const told = end.kind === "failed" ? failureOf(end.cause) : undefined;
    if (told !== undefined) {
      this.#context.connection.console.error(`Learning failed: ${inEnglish(told.message)}`);
      const { store } = this.#lookout;
      if (store !== undefined) noteFailure(store, writer, told);
      const status = failedLearning(writer, told);
      this.#failure = { status, folders, stamp: store && learningStamp(store) };
    }
    this.#announce();
  }

  /** What failed here, until somebody has learned since, here or elsewhere. */
  #currentFailure(): FailedLearning | undefined {
    const { store } = this.#lookout;
    if (this.#failure?.stamp !== (store && learningStamp(store))) this.#failure = undefined;
    return this.#failure;
  }

  #announce(): void {
    this.#announcer.announce(this.status());
    for (const listener of [...this.#listeners]) listener();
  }

  #restingStatus(): LearningStatus {
    const { store } = this.#lookout;
    const status: LearningStatus =
      store === undefined ? { kind: "unlearned" } : restingStatus(store, Date.now);
    const unavailable = cannotLearn();
    if (unavailable === undefined) return status;
    if (status.kind === "unlearned") return { kind: "readsOnly", ...unavailable };
    return status.kind === "idle" ? { ...status, readsOnly: unavailable } : status;
  }

  /** Another process may have begun to learn, ended, learned something or forgotten it. */
  #lookAgain(): void {
    if (this.#running !== undefined || this.#isHeld) return;
    if (this.#lookout.noteProfiles()) {
      this.#context.readingsChanged();
      this.#context.news.lookSoon();
    }
    this.#announce();
  }
}
