import type { CancellationToken } from "vscode-languageserver/node";
import { type PreparedTags, prepareTags } from "../../readings/tags/tag-suggestions.ts";
import type { ReadingSession } from "../../session/session.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import type { ReadingHost } from "../context.ts";
import { t } from "../language.ts";
import { SharedTask } from "../turns/shared-task.ts";
import type { Breathe } from "../turns/turns.ts";
import type { Priority, Urgency } from "../turns/urgency.ts";

/** Ready tags of a writer's active profile, or why there are none. */
export type WriterTags =
  | { readonly kind: "ready"; readonly tags: PreparedTags }
  | { readonly kind: "none"; readonly reason: string };

interface Kept {
  readonly profile: string;
  readonly tags: WriterTags;
}

/** Writers whose tags stay ready, the ones used last: some 30 MB for a long blog. */
const keptWriters = 2;

/** Makes writers' tags ready, once for all who ask meanwhile, and keeps them while their profile is in use. */
export class TagPreparations {
  readonly #host: ReadingHost;
  readonly #going = new Map<number, SharedTask<WriterTags>>();
  /** Goes with the model: what was made for one that was given back is garbage. */
  readonly #kept = new WeakMap<TextEncoder, Map<number, Kept>>();

  constructor(host: ReadingHost) {
    this.#host = host;
  }

  get(writer: Writer, urgency: Priority | Urgency, token: CancellationToken): Promise<WriterTags> {
    const going = this.#going.get(writer.id);
    const task = going === undefined || going.isOver ? this.#start(writer) : going;
    return task.join(urgency, token);
  }

  #start(writer: Writer): SharedTask<WriterTags> {
    const task = new SharedTask((urgency, token) => {
      return this.#host.read(urgency, token, (session, breathe) => this.#prepare(session, writer, breathe));
    });
    this.#going.set(writer.id, task);
    return task;
  }

  async #prepare(session: ReadingSession, writer: Writer, breathe: Breathe): Promise<WriterTags> {
    for (;;) {
      const open = session.profileOf(writer);
      if (open.kind === "none") return none(t("Nothing has been learned of {0} yet.", writer.name));
      if (open.kind === "otherModel")
        return none(
          t(
            "{0} was learned with another base model, such as a former one, and has to be learned anew.",
            writer.name,
          ),
        );
      const known = this.#take(session.encoder, writer);
      if (known?.profile === open.id) {
        this.#keep(session.encoder, writer, known);
        return known.tags;
      }
      const { encoder, reader } = session;
      const sources = {
        get store() {
          return session.store;
        },
        writerId: writer.id,
        reader,
        encoder,
        open,
      };
      const prepared = await prepareTags(sources, breathe);
      const tags: WriterTags =
        prepared === undefined
          ? none(t("No document of {0} has tags, so there are none to suggest.", writer.name))
          : { kind: "ready", tags: prepared };
      this.#keep(encoder, writer, { profile: open.id, tags });
      // Another version may have been published meanwhile; then the next round makes that one ready.
    }
  }

  /** Lets go of what is kept: two versions at a time would not fit the server's memory. */
  #take(encoder: TextEncoder, { id }: Writer): Kept | undefined {
    const known = this.#kept.get(encoder)?.get(id);
    this.#kept.get(encoder)?.delete(id);
    return known;
  }

  #keep(encoder: TextEncoder, { id }: Writer, made: Kept): void {
    const kept = this.#kept.get(encoder) ?? new Map<number, Kept>();
    this.#kept.set(encoder, kept);
    kept.set(id, made);
    if (kept.size > keptWriters) kept.delete(kept.keys().next().value!);
  }
}

function none(reason: string): WriterTags {
  return { kind: "none", reason };
}
