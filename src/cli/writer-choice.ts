import { UnknownWriterError } from "../store/errors.ts";
import type { Store } from "../store/store.ts";
import type { Writer } from "../store/writers.ts";
import { NoProfileError, UsageError } from "./errors.ts";

/** The writer that is meant: the one named, else the only one. */
export function chooseWriter(store: Store, name: string | undefined): Writer {
  const writers = learnedWriters(store);
  if (name !== undefined) {
    const writer = writers.find((one) => one.name === name);
    if (writer === undefined) {
      throw new UnknownWriterError(name, writers);
    }
    return writer;
  }
  const [only, other] = writers;
  if (only === undefined) {
    throw new NoProfileError("Nothing has been learned yet.");
  }
  if (other !== undefined) {
    throw new UsageError(
      `The store knows several writers: name one with --writer (${writers.map((one) => one.name).join(", ")}).`,
    );
  }
  return only;
}

/** As `chooseWriter`, but nobody where nothing has been learned. A name that is not known is still an error. */
export function writerIfAny(store: Store, name: string | undefined): Writer | undefined {
  return name === undefined && learnedWriters(store).length === 0 ? undefined : chooseWriter(store, name);
}

/** Writers with documents: one whose folders turned out to be empty is only a name. */
function learnedWriters(store: Store): readonly Writer[] {
  return store.writers.list().filter(({ id }) => store.documents.fingerprints(id).size > 0);
}
