import { weightCachePath } from "../plm/cache/weight-cache-path.ts";
import { PretrainedModel } from "../plm/pretrained-model.ts";
import { cacheNotices } from "../session/notices.ts";
import type { Surroundings } from "./surroundings.ts";

/** Opens a model and says what there is to say about its unpacked weights. */
export async function openModel(
  path: string,
  { warn }: Pick<Surroundings, "warn">,
): Promise<PretrainedModel> {
  const model = await PretrainedModel.open(path, weightCachePath());
  for (const { message, advice } of cacheNotices(model)) warn(`${message} ${advice}`);
  return model;
}
