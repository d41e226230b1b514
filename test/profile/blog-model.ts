import { join } from "node:path";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

/** The tiny model that knows the words of the small blog. */
export function openBlogModel(): Promise<PretrainedModel> {
  const folder = temporaryFolder();
  return PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
}
