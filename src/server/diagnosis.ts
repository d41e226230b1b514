import { generalReaderId } from "../profile/profile.ts";
import type { Diagnosis } from "../protocol/diagnosis.ts";
import { learningUnavailable } from "../session/learning-unavailable.ts";
import { storeInventory } from "../store/inventory.ts";
import type { Store } from "../store/store.ts";
import type { ServerFeature } from "./feature.ts";
import { answerRequest } from "./requests.ts";

/** Answers `diagnosis`. */
export const diagnosis: ServerFeature = {
  register(context) {
    answerRequest(context, "diagnosis", async (): Promise<Diagnosis> => {
      const baseModel = await generalReaderId(context.places().modelPath).catch(() => undefined);
      return {
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        canLearn: learningUnavailable() === undefined,
        ...(baseModel === undefined ? {} : { baseModel: baseModel.slice(0, 12) }),
        ...countsOf(context.host.storeIfAny()),
      };
    });
  },
};

function countsOf(
  store: Store | undefined,
): Pick<Diagnosis, "writers" | "documents" | "lessons" | "profileVersions" | "storeBytes"> {
  const writers = store?.writers.list() ?? [];
  const count = (of: (writerId: number) => number) => writers.reduce((sum, { id }) => sum + of(id), 0);
  return {
    writers: writers.length,
    documents: count((id) => store!.documents.fingerprints(id).size),
    lessons: count((id) => store!.corrections.current(id).length),
    profileVersions: count((id) => store!.profileVersions.list(id).length),
    storeBytes: store === undefined ? 0 : storeInventory(store).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
