import { rollBack } from "../../profile/versions.ts";
import type { ServerFeature } from "../feature.ts";
import { summarise } from "../learning/learning-status.ts";
import { answerRequest } from "../requests.ts";
import { writerNamed } from "./writer-named.ts";

/** Answers `writers` and `goBack`. */
export const writerVersions: ServerFeature = {
  register(context) {
    answerRequest(context, "writers", () => {
      const store = context.host.storeIfAny();
      const writers = store?.writers.list().map((writer) => summarise(store, writer)) ?? [];
      return writers.filter((writer) => writer.documents > 0 || writer.learnedMs !== undefined);
    });
    answerRequest(context, "goBack", ({ writer, version }) => {
      const store = context.host.store();
      rollBack(store, writerNamed(store, writer).id, version);
      context.readingsChanged();
      return {};
    });
  },
};
