import { isWithin } from "../../corpus/files/paths.ts";
import type { ServerSettings } from "../../protocol/settings.ts";
import { defaultSettings, foldersGiven, mergeSettings } from "../settings.ts";

/** The settings that hold: the workspace's, and those of folders that have their own. */
export class HeldSettings {
  #common = defaultSettings;
  #folders: readonly { readonly folder: string; readonly settings: ServerSettings }[] = [];

  /** Takes what an editor gives, at the start or later; what it leaves out stays. */
  take(given: unknown): void {
    this.#common = mergeSettings(this.#common, given);
    this.#folders =
      foldersGiven(given)?.map(({ folder, settings }) => ({
        folder,
        settings: mergeSettings(this.#common, settings),
      })) ?? this.#folders;
  }

  /** Of these folders and those that have their own settings: the ones that are not to be learned from. */
  leftOut(folders: readonly string[]): readonly string[] {
    const all = new Set([...folders, ...this.#folders.map(({ folder }) => folder)]);
    return [...all].filter((folder) => !this.of(folder).learning.enabled);
  }

  /** For a document or a folder those of the innermost folder around it; without one the workspace's. */
  of(path?: string): ServerSettings {
    const around = this.#folders.filter(({ folder }) => path !== undefined && isWithin(folder, path));
    return around.toSorted((a, b) => b.folder.length - a.folder.length)[0]?.settings ?? this.#common;
  }
}
