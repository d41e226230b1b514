import type { Surroundings } from "../../cli/surroundings.ts";
import { cutDocument } from "../../learning/cut-document.ts";
import { sum } from "../../numbers/mean.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { processorMs } from "../measures/processor-ms.ts";
import { type GuessersRequest, type LearnedGuessers, learnGuessers } from "./learned-guessers.ts";

export interface GuessingRequest extends GuessersRequest {
  /** What is read. */
  readonly texts: readonly string[];
  /** How often words of a text are hidden, others each time. */
  readonly draws: number;
}

export interface GuessedTexts extends Pick<LearnedGuessers, "method" | "bytesPerWriter"> {
  /** Mean surprise at a hidden word of each text, nats, with what was learned of a writer. */
  readonly byWriter: Readonly<Record<string, readonly number[]>>;
  /** As nobody is known. */
  readonly general: readonly number[];
  /** Processor time; of what was learned before none. */
  readonly learnMs: number;
  /** Processor time of one text, read once. */
  readonly readMs: number;
}

/** Learns writers and reads texts with what was learned of each, the same words hidden for all. */
export async function guessPassages(
  reader: GeneralReader,
  { texts, draws, ...request }: GuessingRequest,
  surroundings: Surroundings,
): Promise<GuessedTexts> {
  const startedMs = processorMs();
  const guessers = await learnGuessers(reader, request, surroundings);
  const learnMs = processorMs() - startedMs;
  // Masks depend on the place in the list, so the same text has others each time.
  const pieces = Array.from({ length: draws }, () => texts)
    .flat()
    .map((text) => cutDocument(reader.model, "", [text]).passages);
  const surprise = async (writer?: string): Promise<readonly number[]> => {
    const scores = (await guessers.read(pieces.flat(), writer)).values();
    const each = pieces.map((own) => own.map(() => scores.next().value!));
    return texts.map((_, at) => {
      const read = each.filter((__, row) => row % texts.length === at).flat();
      return sum(read.map(({ loss }) => loss)) / sum(read.map(({ masked }) => masked));
    });
  };
  try {
    const general = await surprise();
    const readingMs = processorMs();
    const byWriter: Record<string, readonly number[]> = {};
    const names = Object.keys(request.writers);
    for (const name of names) byWriter[name] = await surprise(name);
    const { method, bytesPerWriter } = guessers;
    const readMs = (processorMs() - readingMs) / (names.length * texts.length * draws);
    return { byWriter, general, method, bytesPerWriter, learnMs, readMs };
  } finally {
    await guessers.release();
  }
}
