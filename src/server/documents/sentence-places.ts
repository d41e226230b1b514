import { decodeText } from "../../corpus/files/decode.ts";
import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../../corpus/files/discover.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import { locateFolders } from "../../corpus/files/paths.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { FolderNews } from "../context.ts";

/** A sentence of the writer's, and where it stands. */
export interface SentencePlace {
  readonly text: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** A sentence as it was learned. */
interface LearnedSentence {
  readonly text: string;
  readonly path: string;
  /** In the source. */
  readonly start: number;
}

/** Where sentences of a writer stand in their files now. Those whose file is gone or no text any more are left out. */
export async function placeSentences(
  sentences: readonly LearnedSentence[],
  writer: Pick<Writer, "folders" | "places"> | undefined,
  news: FolderNews,
): Promise<readonly SentencePlace[]> {
  const { within } = await locateFolders(writer?.folders ?? [], diskFileSource, writer?.places ?? {});
  const present = sentences.flatMap((one) => {
    const path = news.placeOf(one.path);
    return path === undefined ? [] : [{ ...one, path }];
  });
  const places = await Promise.all(present.map((one) => placeOf(one, within)));
  return places.filter((place) => place !== undefined);
}

/** Undefined where the file is gone or no text any more. Where it changed since, the line is about right. */
async function placeOf(
  { text, path, start }: LearnedSentence,
  within: readonly string[],
): Promise<SentencePlace | undefined> {
  const limits = { maximumBytes: DEFAULT_MAX_FILE_SIZE_BYTES, within };
  const decoded = await diskFileSource.read(path, limits).then(decodeText, () => undefined);
  if (decoded?.kind !== "text") return undefined;
  const line = decoded.source.slice(0, start).split("\n").length;
  return { text, path, line };
}
