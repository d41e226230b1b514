import { copyModelFiles, makeModelDirectory } from "./copy-model.ts";
import { ModelDirectoryError } from "./errors.ts";
import { readModelDirectory } from "./model-directory.ts";
import { type VerifiedModel, verifyModel } from "./verify-model.ts";

/**
 * Verifies a model and copies it to `to`; the copy has to be what was verified, byte for byte. Nothing is left
 * behind where it is refused.
 */
export async function importModel(path: string, to: string, cachePath: string): Promise<VerifiedModel> {
  const verified = await verifyModel(path, cachePath);
  return makeModelDirectory(to, async (draft) => {
    await copyModelFiles(path, draft);
    const { id } = await readModelDirectory(draft);
    if (id !== verified.id) throw new ModelDirectoryError(path, ["it changed while it was copied"]);
    return verified;
  });
}
