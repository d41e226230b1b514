import { innermostAround } from "../../corpus/files/paths.ts";
import type { ReadingSession } from "../../session/session.ts";
import { toneStrength } from "../../session/tone-strength.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { ServerContext } from "../context.ts";
import type { ServerFeature } from "../feature.ts";
import type { ToneTask } from "./tone-readings.ts";

/**
 * Keeps with each writer how much the own reading counts, so that a terminal and what agents ask of one read as the
 * editor does. Settings are an editor's, and no other program can read them. One that says nothing of it changes nothing.
 */
export const keptStrength: ServerFeature = {
  register(context) {
    const keep = () => {
      try {
        keepStrengths(context);
      } catch (cause) {
        // Nobody has asked for it, and it is tried again after each look into the writers' folders.
        context.connection.console.warn(`The strength of readings is not kept: ${String(cause)}`);
      }
    };
    context.news.onLooked(keep);
    context.onSettingsChanged(keep);
  },
};

type Settled = Pick<ServerContext, "folders" | "settings" | "isSaid">;

/** How much a writer's own reading counts in a document: as this editor says there, else as was kept. */
export function strengthAt(
  context: Pick<Settled, "settings" | "isSaid">,
  session: Pick<ReadingSession, "store">,
  writer: Writer | undefined,
  path: string,
): number {
  return toneStrength(session, writer, saidStrength(context, path));
}

/** The same for an open document that is read. */
export function strengthIn(
  context: Pick<Settled, "settings" | "isSaid">,
  { session, writer, document }: Pick<ToneTask, "session" | "writer" | "document">,
): number {
  return strengthAt(context, session, writer, document.path);
}

/** How much it counts where no document is read: as is said for the writer's first folder, open here or not. */
export function strengthFor(
  context: Settled,
  session: Pick<ReadingSession, "store">,
  writer: Writer,
): number {
  const here = openStrength(context, writer) ?? session.store.writers.toneStrength(writer.id);
  return here ?? context.settings(writer.folders[0]).tone.strength;
}

function keepStrengths(context: Settled & Pick<ServerContext, "host">): void {
  const store = context.host.openableStore();
  for (const writer of store?.writers.list() ?? []) {
    const strength = openStrength(context, writer);
    if (strength !== undefined && store!.writers.toneStrength(writer.id) !== strength)
      store!.writers.setToneStrength(writer.id, strength);
  }
}

/** What this editor says for the writer's first folder, where it has that open. */
function openStrength(context: Settled, { folders: [first] }: Writer): number | undefined {
  const isOpen = first !== undefined && innermostAround(context.folders(), first) !== undefined;
  return isOpen ? saidStrength(context, first) : undefined;
}

function saidStrength({ settings, isSaid }: Pick<Settled, "settings" | "isSaid">, path: string) {
  return isSaid("tone.strength", path) ? settings(path).tone.strength : undefined;
}
