import type { CancellationToken } from "vscode-languageserver/node";
import { isWithin } from "../../corpus/files/paths.ts";
import type { LearningWait } from "../../protocol/learner.ts";
import type { LearningStatus } from "../../protocol/learning-status.ts";
import { formatTimeOfDay } from "../../words/format.ts";
import type { ServerContext } from "../context.ts";
import { cancelled } from "../errors.ts";
import { t } from "../language.ts";
import type { LearnerSupervisor } from "../learning/learner-supervisor.ts";

/** Knows whether learning is about to bring the first tags for a path, and waits for them. */
export class FirstTags {
  readonly #context: Pick<ServerContext, "host">;
  readonly #learning: LearnerSupervisor;

  constructor(context: Pick<ServerContext, "host">, learning: LearnerSupervisor) {
    this.#context = context;
    this.#learning = learning;
  }

  /** Somebody learns the writer of this path, waits for nothing, and no version of the writer's profile is there yet. */
  areExpected(path: string): boolean {
    const { ongoing } = this.#learning;
    if (ongoing === undefined) return false;
    return ongoing.kind === "learning"
      ? !ongoing.hasTags && ongoing.waits === undefined && this.#isOfWriter(path, ongoing.writer)
      : this.#mayBeLearnedElsewhere(path);
  }

  /** Until there are tags, or learning has ended without. Throws LSP's RequestCancelled once `token` is cancelled. */
  async wait(path: string, token: CancellationToken): Promise<void> {
    while (this.areExpected(path)) await this.#nextChange(token);
  }

  /** What learning has to do with there being no tags; undefined where it has nothing to do with it. */
  reasonFor(path: string): string | undefined {
    if (this.#hasProfile(path)) return undefined;
    const status = this.#learning.status();
    return hinders(status) && this.#isOfWriter(path, status.writer) ? reasonOf(status) : undefined;
  }

  #isOfWriter(path: string, name: string): boolean {
    const { host } = this.#context;
    const writer = host.writerOf(path);
    if (writer !== undefined) return writer.name === name;
    // A writer who is learned for the first time is not in the store at once.
    const { learnedFolders } = this.#learning;
    return learnedFolders.length === 0 || learnedFolders.some((folder) => isWithin(folder, path));
  }

  /** Of whom another process learns is not told. */
  #mayBeLearnedElsewhere(path: string): boolean {
    const { host } = this.#context;
    return host.writerOf(path) === undefined
      ? host.store().writers.list().length === 0
      : !this.#hasProfile(path);
  }

  #hasProfile(path: string): boolean {
    const { host } = this.#context;
    const writer = host.writerOf(path);
    return writer !== undefined && host.store().profileVersions.active(writer.id) !== undefined;
  }

  async #nextChange(token: CancellationToken): Promise<void> {
    if (token.isCancellationRequested) throw cancelled();
    // Where another process learns, this has it looked after.
    this.#learning.status();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const listening = [
      this.#learning.onChanged(resolve),
      token.onCancellationRequested(() => reject(cancelled())),
    ];
    await promise.finally(() => {
      for (const one of listening) one.dispose();
    });
  }
}

type Hindrance = LearningStatus &
  ({ readonly kind: "paused" | "failed" } | { readonly kind: "learning"; readonly waits: LearningWait });

function hinders(status: LearningStatus): status is Hindrance {
  if (status.kind === "learning") return status.waits !== undefined;
  return status.kind === "paused" || status.kind === "failed";
}

function reasonOf(status: Hindrance): string {
  switch (status.kind) {
    case "paused":
      return t("Learning how {0} writes is paused, and there are no tags yet. Resume it.", status.writer);
    case "learning":
      return status.waits.for === "mains"
        ? t("Learning how {0} writes waits for mains power, and there are no tags yet.", status.writer)
        : t(
            "Learning how {0} writes waits until {1}, and there are no tags yet.",
            status.writer,
            formatTimeOfDay(status.waits.untilMs, t),
          );
    case "failed":
      return t("Learning how {0} writes has failed. {1} {2}", status.writer, status.reason, status.advice);
    default:
      return status satisfies never;
  }
}
