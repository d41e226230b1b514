import { readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseClosedList } from "../../corpus/closed-list.ts";
import { innermostAround, isWithin } from "../../corpus/files/paths.ts";
import { ClosedTags } from "../../readings/tags/closed-tags.ts";
import type { ServerContext } from "../context.ts";
import { t } from "../language.ts";
import { showMessage } from "../notify-editor.ts";

const filePrefix = "file:";
/** A list is short; what is longer is none. */
const mostBytes = 1_000_000;

/** The closed lists of settings; a file that one names is read anew when it has changed. */
export class ClosedLists {
  readonly #context: Pick<ServerContext, "settings" | "folders" | "connection">;
  readonly #known = new Map<string, { readonly stamp: string; readonly list: ClosedTags }>();
  readonly #told = new Set<string>();

  constructor(context: Pick<ServerContext, "settings" | "folders" | "connection">) {
    this.#context = context;
  }

  /** The list that holds for a document; undefined where any tag may be suggested. */
  of(path: string): ClosedTags | undefined {
    const items = this.#context.settings(path).tags.closedList.filter((item) => item.trim() !== "");
    if (items.length === 0) return undefined;
    const folder = this.#folderOf(path);
    const files = items.flatMap((item) =>
      item.startsWith(filePrefix) ? [resolve(folder, item.slice(filePrefix.length).trim())] : [],
    );
    const stamp = JSON.stringify([items, files.map(stampOf)]);
    const known = this.#known.get(folder);
    if (known?.stamp === stamp) return known.list;
    const plain = items.filter((item) => !item.startsWith(filePrefix));
    const tags = [...plain, ...files.flatMap((file) => this.#read(file, folder))];
    const list = new ClosedTags(tags);
    this.#known.set(folder, { stamp, list });
    return list;
  }

  /** The list for a text that is no document: that of the first folder of the workspace, else the user's own. */
  ofWorkspace(): ClosedTags | undefined {
    const [folder = homedir()] = this.#context.folders();
    return this.of(join(folder, "text"));
  }

  /** The innermost folder of the workspace around it, else the one it lies in. */
  #folderOf(path: string): string {
    return innermostAround(this.#context.folders(), path) ?? dirname(path);
  }

  /** A workspace must not have files read that lie outside of it. */
  #read(file: string, folder: string): readonly string[] {
    try {
      const real = realpathSync(file);
      const stats = statSync(real);
      if (isWithin(realpathSync(folder), real) && stats.isFile() && stats.size <= mostBytes)
        return parseClosedList(readFileSync(real, "utf8"));
    } catch {
      // Told below.
    }
    if (!this.#told.has(file)) {
      this.#told.add(file);
      const advice = t("Name a file of the folder, relative to it, with a tag on each line.");
      showMessage(this.#context, `${t("The list of tags {0} cannot be read.", file)} ${advice}`, 2);
    }
    return [];
  }
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.mtimeMs} ${stats.size}`;
}
