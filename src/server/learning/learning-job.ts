import { innermostAround } from "../../corpus/files/paths.ts";
import { LearnerDiedError } from "../../learner/errors.ts";
import { type LearnerEnd, LearnerProcess } from "../../learner/learner-process.ts";
import type {
  CorpusSettings,
  FolderSettings,
  FromLearner,
  LearningJob,
  LearningPace,
  LearningWait,
} from "../../protocol/learner.ts";
import type { LearningStatus } from "../../protocol/learning-status.ts";
import type { RestartLimit } from "../../protocol/restart-limit.ts";
import type { ServerSettings, SettingName } from "../../protocol/settings.ts";
import { learningOptions } from "../../session/learning-options.ts";
import type { Places } from "../../session/places.ts";
import type { ServerContext } from "../context.ts";

/** The command line's, so that a run that was begun there goes on here. */
const seed = 1;

export interface LearningWish {
  readonly writer: string;
  readonly folders: readonly string[];
  /** Whose documents they are; absent: who was learned before, else who most of them are by. */
  readonly author?: string | undefined;
  /** Folders of the workspace that are not to be learned from, and those that may be. */
  readonly leaveOut?: readonly string[];
  readonly takeIn?: readonly string[];
  /** Whether texts of several authors count, and whether the voice is learned; absent: as it was. */
  readonly coAuthors?: boolean | undefined;
  readonly voice?: boolean | undefined;
}

/** What the learner is told to do. */
export function learningJob(
  who: LearningWish,
  { storePath, modelPath, cachePath }: Places,
  { learning }: Pick<ServerSettings, "learning">,
  corpus: CorpusSettings,
): LearningJob {
  return {
    writer: who.writer,
    folders: [...who.folders],
    corpus,
    whose: {
      ...(who.author === undefined ? {} : { author: who.author }),
      ...(who.coAuthors === undefined ? {} : { coAuthors: who.coAuthors }),
      leaveOut: [...(who.leaveOut ?? [])],
      takeIn: [...(who.takeIn ?? [])],
    },
    storePath,
    modelPath,
    cachePath,
    options: learningOptions({
      seed,
      ...ofPace(learning),
      ...(who.voice === undefined ? {} : { voice: who.voice }),
    }),
  };
}

/** How much of the machine learning may take, of all that the settings say about it. */
export const ofPace = ({ cpuPercent, onBattery, schedule }: ServerSettings["learning"]) => ({
  cpuPercent,
  onBattery,
  schedule,
});

/** By what is chosen of a folder's files, the setting that says it. */
const settingOf = {
  include: "corpus.include",
  exclude: "corpus.exclude",
  maximumFileBytes: "corpus.maximumFileSize",
  languages: "corpus.languages",
  hashtags: "tags.hashtags",
} as const satisfies Readonly<Record<Exclude<keyof FolderSettings, "unsaid">, SettingName>>;
const choices = Object.keys(settingOf) as (keyof typeof settingOf)[];

type Says = Pick<ServerContext, "settings" | "isSaid">;

function folderSettings({ settings, isSaid }: Says, folder: string | undefined): FolderSettings {
  const unsaid = choices.filter((choice) => !isSaid(settingOf[choice], folder));
  return { ...chosenBy(settings(folder)), ...(unsaid.length === 0 ? {} : { unsaid }) };
}

/** Empty globs in the settings are the corpus's own. */
const chosenBy = ({ corpus, tags }: Pick<ServerSettings, "corpus" | "tags">): FolderSettings => ({
  ...(corpus.include.length > 0 ? { include: [...corpus.include] } : {}),
  ...(corpus.exclude.length > 0 ? { exclude: [...corpus.exclude] } : {}),
  ...(corpus.languages.length > 0 ? { languages: [...corpus.languages] } : {}),
  ...(tags.hashtags === "auto" ? {} : { hashtags: tags.hashtags }),
  maximumFileBytes: Math.round(corpus.maximumFileSize * 1e6),
});

/**
 * How a writer's folders are read. Each of several follows its own settings, as far as this editor has it open and says
 * something of it; of the others nothing is said, so they stay as they were read.
 */
export function corpusSettings(
  context: Says & Pick<ServerContext, "folders">,
  folders: readonly string[],
): CorpusSettings {
  const [first, other] = folders;
  const common = { ...folderSettings(context, first), by: "editor" } as const;
  if (other === undefined) return common;
  const own = folders
    .filter((folder) => innermostAround(context.folders(), folder) !== undefined)
    .map((folder) => [folder, folderSettings(context, folder)] as const)
    .filter(([, { unsaid = [] }]) => unsaid.length < choices.length);
  return own.length === 0 ? common : { ...common, byFolder: Object.fromEntries(own) };
}

/** A learner that does not end within this time after it was told to is killed. */
const patienceMs = 5_000;

export interface JobHooks {
  readonly pace: () => LearningPace;
  readonly hear: (message: FromLearner) => void;
}

/** How a job ended. `cut`: its process went away while it was to stop; it can go on from its checkpoint. */
export type JobEnd =
  | LearnerEnd
  | { readonly kind: "cut" }
  | { readonly kind: "failed"; readonly cause: unknown };

/** A job from its start to its end, over as many learner processes as die on the way. */
export class RunningJob {
  readonly job: LearningJob;
  /** Settles when no process works on it any more; never rejects. */
  readonly ended: Promise<JobEnd>;
  readonly #hooks: JobHooks;
  readonly #restarts: RestartLimit;
  #learner: LearnerProcess;
  #isStopping = false;
  #progress: Pick<Extract<FromLearner, { kind: "progress" }>, "stage" | "fraction" | "secondsLeft"> = {
    stage: "corpus",
    fraction: 0,
  };
  #hasTags: boolean;
  #waits: LearningWait | undefined;

  constructor(job: LearningJob, hasTags: boolean, restarts: RestartLimit, hooks: JobHooks) {
    this.job = job;
    this.#hasTags = hasTags;
    this.#restarts = restarts;
    this.#hooks = hooks;
    this.#learner = this.#startProcess();
    this.ended = this.#follow();
  }

  get processId(): number | undefined {
    return this.#learner.processId;
  }

  get status(): LearningStatus & { readonly kind: "learning" } {
    const { stage, fraction, secondsLeft } = this.#progress;
    return {
      kind: "learning",
      writer: this.job.writer,
      stage,
      fraction,
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
      hasTags: this.#hasTags,
      ...(this.#waits === undefined ? {} : { waits: this.#waits }),
    };
  }

  followPace(): void {
    this.#learner.setPace(this.#hooks.pace());
  }

  /** Writes a checkpoint and ends. */
  async pause(): Promise<void> {
    this.#isStopping = true;
    this.#learner.pause();
    await this.ended;
  }

  /** Ends without anything to go on from. */
  async cancel(): Promise<void> {
    this.#isStopping = true;
    this.#learner.cancel();
    const timer = setTimeout(() => this.#learner.kill(), patienceMs);
    await this.ended;
    clearTimeout(timer);
  }

  /** Lets the process go: it writes a checkpoint and ends by itself. */
  async letGo(): Promise<void> {
    this.#isStopping = true;
    this.#learner.disconnect();
    await this.ended;
  }

  async #follow(): Promise<JobEnd> {
    for (;;) {
      try {
        return await this.#learner.ended;
      } catch (cause) {
        const hasDied = cause instanceof LearnerDiedError;
        if (hasDied && this.#isStopping) return { kind: "cut" };
        if (!hasDied || !this.#restarts.allowsAnother()) return { kind: "failed", cause };
        this.#learner = this.#startProcess();
      }
    }
  }

  #startProcess(): LearnerProcess {
    this.#waits = undefined;
    const learner = new LearnerProcess(this.job, (message) => {
      if (message.kind === "ready") learner.setPace(this.#hooks.pace());
      if (message.kind === "progress") this.#progress = message;
      if (message.kind === "waiting") this.#waits = message.wait;
      if (message.kind === "published") this.#hasTags = true;
      this.#hooks.hear(message);
    });
    return learner;
  }
}
