import { splitAuthors } from "../corpus/authors.ts";
import type { Document } from "../corpus/document.ts";
import type { OpenProfile, ProfileState } from "../profile/versions.ts";
import { learnedWriters } from "../session/learned-writers.ts";
import { writerOfDocument } from "../session/writer-of-document.ts";
import { UnknownWriterError } from "../store/errors.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { NoProfileError, nothingLearned, otherModelLearned, UsageError } from "./errors.ts";

/** The document that a command is about. */
type Subject = Pick<Document, "path" | "author">;

/** The writer that is meant: the one named, else the only one, else whose the document is. */
export function chooseWriter(store: Store, name: string | undefined, document?: Subject): Writer {
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
    const writer = document && writerOfDocument(store, document.path, splitAuthors(document.author));
    if (writer !== undefined && writers.some(({ id }) => id === writer.id)) return writer;
    throw new UsageError(
      `The store knows several writers: name one with --writer (${writers.map((one) => one.name).join(", ")}).`,
    );
  }
  return only;
}

/** As `chooseWriter`, but nobody where nothing has been learned. A name that is not known is still an error. */
export function writerIfAny(store: Store, name: string | undefined, document?: Subject): Writer | undefined {
  return name === undefined && learnedWriters(store).length === 0
    ? undefined
    : chooseWriter(store, name, document);
}

/** Throws where nothing has been learned, or nobody of this name was; whose a document is may be asked of each later. */
export function refuseUnknownWriter(store: Store, name: string | undefined): void {
  if (name !== undefined || learnedWriters(store).length === 0) chooseWriter(store, name);
}

/** The profile to read with. Throws NoProfileError where the writer has none, or one of another model. */
export function requireProfile(state: ProfileState, writer: Writer): OpenProfile {
  if (state.kind !== "open") throw state.kind === "none" ? nothingLearned(writer) : otherModelLearned(writer);
  return state;
}
