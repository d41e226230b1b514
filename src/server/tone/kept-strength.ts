import { innermostAround } from "../../corpus/files/paths.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import type { ServerContext } from "../context.ts";
import type { ServerFeature } from "../feature.ts";

/**
 * Keeps with each writer how much the own reading counts, so that a terminal and what agents ask of one read as the
 * editor does. Settings are an editor's, and no other program can read them.
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

type Settled = Pick<ServerContext, "folders" | "settings">;

/** How much a writer's own reading counts where no document is read: as their first folder says, open here or not. */
export function strengthFor(context: Settled, store: Store, writer: Writer): number {
  const usual = context.settings(writer.folders[0]).tone.strength;
  return isOpen(context, writer) ? usual : (store.writers.toneStrength(writer.id) ?? usual);
}

function keepStrengths(context: Settled & Pick<ServerContext, "host">): void {
  const store = context.host.openableStore();
  for (const writer of store?.writers.list() ?? []) {
    if (!isOpen(context, writer)) continue;
    const { strength } = context.settings(writer.folders[0]).tone;
    if (store!.writers.toneStrength(writer.id) !== strength)
      store!.writers.setToneStrength(writer.id, strength);
  }
}

/** Whether the settings of this editor are those of the writer's first folder. */
function isOpen({ folders }: Pick<ServerContext, "folders">, { folders: [first] }: Writer): boolean {
  return first !== undefined && innermostAround(folders(), first) !== undefined;
}
