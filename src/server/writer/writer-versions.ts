import { rollBack } from "../../profile/versions.ts";
import type { KnownWriter } from "../../protocol/learning-status.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import type { ServerFeature } from "../feature.ts";
import { summarise } from "../learning/learning-status.ts";
import { answerRequest } from "../requests.ts";
import { writerNamed } from "./writer-named.ts";

/** Answers `writers` and `goBack`. */
export const writerVersions: ServerFeature = {
  register(context) {
    answerRequest(context, "writers", () => {
      const store = context.host.storeIfAny();
      const writers = store?.writers.list().map((writer) => knownWriter(store, writer)) ?? [];
      return writers.filter(({ documents, versions, lessons }) => documents + versions + lessons > 0);
    });
    answerRequest(context, "goBack", ({ writer, version }) => {
      const store = context.host.store();
      rollBack(store, writerNamed(store, writer).id, version);
      context.readingsChanged();
      return {};
    });
  },
};

function knownWriter(store: Store, writer: Writer): KnownWriter {
  const lessons = store.corrections.current(writer.id).length;
  const versions = store.profileVersions.list(writer.id).length;
  // Of documents that were learned elsewhere the tags need not be here.
  const tags = store.vocabulary.list(writer.id).length;
  return { ...summarise(store, writer), tags, lessons, versions };
}
