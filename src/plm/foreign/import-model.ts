import { ModelDirectoryError } from "../errors.ts";
import { readModelDirectory } from "../files/model-directory.ts";
import { readSharedPrompts } from "../files/shared-prompts.ts";
import { copyModelFiles, makeModelDirectory } from "./copy-model.ts";
import { type VerifiedModel, verifyModel } from "./verify-model.ts";

/**
 * Verifies a model and copies it to `to`; the copy has to be what was verified, byte for byte. Nothing is left
 * behind where it is refused.
 */
export async function importModel(path: string, to: string, cachePath: string): Promise<VerifiedModel> {
  const verified = await verifyModel(path, cachePath);
  return makeModelDirectory(to, async (draft) => {
    await copyModelFiles(path, draft);
    const copy = await readModelDirectory(draft);
    readSharedPrompts(copy);
    const { id } = copy;
    if (id !== verified.id) throw new ModelDirectoryError(path, ["it changed while it was copied"]);
    return verified;
  });
}
