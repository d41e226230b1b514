import { UnknownWriterError } from "../../store/errors.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";

/** The writer of a name. Throws UnknownWriterError where it was forgotten meanwhile. */
export function writerNamed({ writers }: Store, name: string): Writer {
  const writer = writers.named(name);
  if (writer === undefined) throw new UnknownWriterError(name, writers.list());
  return writer;
}
