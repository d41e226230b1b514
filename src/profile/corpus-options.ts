import { DEFAULT_EXCLUDE } from "../corpus/files/discover.ts";
import { eachFolder } from "../corpus/files/paths.ts";
import { globFor } from "../corpus/formats/formats.ts";
import type { CorpusOptions, KnownFiles } from "../corpus/read-corpus.ts";
import type { ChosenFiles, FileChoice, Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { consentedKinds } from "./consented-kinds.ts";
import { reportShape } from "./report.ts";

/** How the files of a writer are chosen and read. */
export function corpusOptions(
  {
    byFolder,
    author,
    coAuthors,
    leaveOut = [],
    ...common
  }: ChosenFiles & { readonly author?: string | undefined },
  store: Store,
  writer: Writer,
): CorpusOptions {
  const usual = [globFor(consentedKinds(store, writer))];
  const optionsOf = ({ include = usual, exclude = [], maximumFileBytes }: FileChoice) => ({
    include,
    exclude: [...DEFAULT_EXCLUDE, ...exclude],
    ...(maximumFileBytes === undefined ? {} : { maxFileSizeBytes: maximumFileBytes }),
  });
  return {
    locale: "en",
    ...optionsOf(common),
    ...eachFolder(byFolder, optionsOf),
    places: writer.places,
    authorship: { author, coAuthors, guesses: guessesOf(store, writer) },
    leaveOut,
  };
}

/**
 * A writer's files as the store knows them, so that only those are read that have changed.
 * @param suspect files that are read whatever their size and time say
 */
export function knownFiles(store: Store, writer: Writer, suspect: readonly string[] = []): KnownFiles {
  const known = store.documents.fingerprints(writer.id);
  const suspected = new Set(suspect);
  return new Map(
    Array.from(known, ([path, { hash, sizeBytes, mtimeMs, author }]) => [
      path,
      {
        hash,
        bytes: sizeBytes,
        modifiedMs: suspected.has(path) ? Number.NaN : mtimeMs,
        author,
        isOutdated: mtimeMs < 0,
      },
    ]),
  );
}

/** Whom the writer was learned as, then the writer's name: it may be that of an author. */
function guessesOf(store: Store, writer: Writer): readonly string[] {
  const former = formerAuthor(store, writer);
  return [...(former === undefined ? [] : [former]), writer.name];
}

/** As whom the writer was learned last; empty: as somebody whom no document names. */
export function formerAuthor({ profileVersions }: Store, { id }: Writer): string | undefined {
  const active = profileVersions.active(id);
  return active && reportShape.safeParse(active.report).data?.corpus.author;
}
