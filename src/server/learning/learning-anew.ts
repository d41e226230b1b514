import { existsSync } from "node:fs";
import { generalReaderId } from "../../profile/profile.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { ServerContext } from "../context.ts";
import type { ServerFeature } from "../feature.ts";
import type { LearnerSupervisor } from "./learner-supervisor.ts";

/**
 * After an update with another base model, writers who were learned with the former one are learned anew without being
 * asked: their consent holds, and what was learned fits no more. It begins with the first document that is opened, one
 * writer after the other, each once for as long as the server runs.
 */
export const learningAnew: ServerFeature = {
  register(context, { learning }) {
    const anew = new LearningAnew(context, learning);
    context.documents.onChange(() => void anew.begin());
    learning.onChanged(() => anew.goOn());
  },
};

class LearningAnew {
  readonly #context: ServerContext;
  readonly #learning: LearnerSupervisor;
  #readerId: Promise<string | undefined> | undefined;
  #known: string | undefined;
  readonly #tried = new Set<number>();

  constructor(context: ServerContext, learning: LearnerSupervisor) {
    this.#context = context;
    this.#learning = learning;
  }

  /** Looks, the first time that it is called, which base model there is. */
  async begin(): Promise<void> {
    if (this.#readerId !== undefined) return;
    // A model that cannot be read is told of by whoever reads with it.
    this.#readerId = generalReaderId(this.#context.places().modelPath).catch(() => undefined);
    this.#known = await this.#readerId;
    this.goOn();
  }

  /** Starts with the next writer where nobody is learned. */
  goOn(): void {
    const store = this.#known === undefined ? undefined : this.#context.host.openableStore();
    if (store === undefined || this.#learning.ongoing !== undefined) return;
    const next = store.writers.list().find((writer) => {
      const active = store.profileVersions.active(writer.id);
      const isOther = active !== undefined && active.baseModelId !== this.#known;
      // What was paused or failed goes on when somebody asks for it.
      const [newest] = store.learningRuns.list(writer.id);
      const isAtRest = newest === undefined || ["done", "cancelled"].includes(newest.state.kind);
      return isOther && isAtRest && !this.#tried.has(writer.id) && this.#isConsented(writer);
    });
    if (next === undefined) return;
    this.#tried.add(next.id);
    this.#learning.learnAnew(next.name);
  }

  /** Folders that are away for the moment are learned from when they are back. */
  #isConsented({ folders }: Writer): boolean {
    const { settings } = this.#context;
    return (
      folders.length > 0 && folders.every((folder) => existsSync(folder) && settings(folder).learning.enabled)
    );
  }
}
