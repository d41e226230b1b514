import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { draftOf, removeDeadDrafts } from "../cache/drafts.ts";
import { ModelDirectoryError, ModelNameError, ModelPlaceError } from "../errors.ts";
import { readModelDirectory } from "../files/model-directory.ts";
import { checkModelFiles, modelFileNames, sharedPromptsFile } from "../files/model-files.ts";
import { readSharedPrompts } from "../files/shared-prompts.ts";
import { generatorFolder } from "../heads/generator.ts";
import { type VerifiedModel, verifyModel } from "./verify-model.ts";

/** What goes along with a model if it is there: its card and its licence. */
const companions = /^(README\.md|LICEN[CS]E(\.(md|txt))?|NOTICE(\.(md|txt))?)$/i;
const maximumCompanionBytes = 16 * 2 ** 20;

/** A name that is a folder's on every system, and no way out of one. Throws {@link ModelNameError}. */
export function checkModelName(name: string): string {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name) || name.endsWith(".")) throw new ModelNameError(name);
  return name;
}

/**
 * Makes a directory by `fill`, which gets the path of a draft, and gives it its name once all of it is right.
 * What is there already is never touched; drafts of it that a killed process has left go. Throws {@link ModelPlaceError} where something is.
 */
export async function makeModelDirectory<T>(to: string, fill: (draft: string) => Promise<T>): Promise<T> {
  const isTaken = existsSync(to) && (await readdir(to).catch(() => [to])).length > 0;
  if (isTaken) throw new ModelPlaceError(to);
  removeDeadDrafts(dirname(to), (name) => name.startsWith(`${basename(to)}.`));
  const draft = draftOf(to);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const result = await fill(draft);
    // An empty folder gives way; one that was filled meanwhile does not.
    await rmdir(to).catch(() => undefined);
    if (existsSync(to)) throw new ModelPlaceError(to);
    await rename(draft, to);
    return result;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Verifies a model and copies it to `to`. */
export async function importModel(path: string, to: string, cachePath: string): Promise<VerifiedModel> {
  const verified = await verifyModel(path, cachePath);
  await copyVerifiedModel(verified, path, to);
  return verified;
}

/**
 * Copies a model that was verified to `to`; the copy has to be what was verified, byte for byte. Nothing is left behind
 * where it is refused.
 */
export async function copyVerifiedModel(
  { id }: Pick<VerifiedModel, "id">,
  path: string,
  to: string,
): Promise<void> {
  await makeModelDirectory(to, async (draft) => {
    await copyModelFiles(path, draft);
    const copy = await readModelDirectory(draft);
    readSharedPrompts(copy);
    if (copy.id !== id) throw new ModelDirectoryError(path, ["it changed while it was copied"]);
  });
}

/** Copies a model's files and what goes along with them, links followed where they may be. */
async function copyModelFiles(from: string, to: string): Promise<void> {
  await checkModelFiles(from);
  for (const name of modelFileNames) await copyPrivately(join(from, name), join(to, name));
  await copyCompanions(from, to);
}

/** Copies card, licence, shared prompts and generator, those that are there. */
export async function copyCompanions(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const path = join(from, entry.name);
    // Looked at with the model's files: a link of the kind that those may be is followed.
    if (entry.name === sharedPromptsFile) await copyPrivately(path, join(to, entry.name));
    // Only what lies there itself: a link could name any file of the reader's.
    if (entry.isFile() && companions.test(entry.name) && (await stat(path)).size <= maximumCompanionBytes) {
      await copyPrivately(path, join(to, entry.name));
    }
    if (entry.isDirectory() && entry.name === generatorFolder) {
      await checkModelFiles(path);
      await mkdir(join(to, entry.name), { mode: 0o700 });
      for (const name of modelFileNames) await copyPrivately(join(path, name), join(to, entry.name, name));
    }
  }
}

async function copyPrivately(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o600);
}
