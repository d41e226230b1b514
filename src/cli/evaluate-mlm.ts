import type { Interval } from "../evaluation/bootstrap.ts";
import { maximumPassages, threadCount } from "../learner/learning-defaults.ts";
import type { MaskedLmFigures } from "../learning/masked-lm-measure.ts";
import { compareMaskedLm } from "../profile/compare-masked-lm.ts";
import type { GeneralReader } from "../profile/profile.ts";
import { NoProfileError } from "./errors.ts";
import { type EvaluatedDocument, readForEvaluation } from "./evaluation-corpus.ts";
import { fitPrompts, startingPrompts } from "./fit-prompts.ts";
import type { Surroundings } from "./surroundings.ts";

type LossDifference = { readonly measure: "loss" } & Interval;

/** The answer of `idiolect evaluate mlm --json`. */
export interface MlmEvaluation {
  readonly version: 1;
  readonly tokens: number;
  readonly masked: number;
  readonly none: MaskedLmFigures;
  readonly shared: MaskedLmFigures;
  readonly own: MaskedLmFigures;
  readonly other: MaskedLmFigures;
  /** own − shared. */
  readonly difference: LossDifference;
  /** own − other. */
  readonly differenceToOther: LossDifference;
}

export interface MlmEvaluationRequest {
  readonly folder: string;
  readonly other: string;
  readonly seed: number;
}

/** Share of the documents, oldest first, that is learned from. */
const learnedShare = 0.9;

/** Learns two writers from their oldest 90 % and reads the newest 10 % of the first with the prompts of both. */
export async function evaluateMlm(
  reader: GeneralReader,
  { folder, other, seed }: MlmEvaluationRequest,
  surroundings: Surroundings,
): Promise<MlmEvaluation> {
  const writer = split(await readForEvaluation(reader.model, folder, surroundings));
  const stranger = split(await readForEvaluation(reader.model, other, surroundings));
  const shared = await startingPrompts(reader, writer.learned);
  const learn = (documents: readonly EvaluatedDocument[], title: string) =>
    fitPrompts({ reader, shared, documents, seed, maximumPassages, title }, surroundings);
  const prompts = {
    none: undefined,
    shared,
    own: await learn(writer.learned, "own prompts  "),
    other: await learn(stranger.learned, "other prompts"),
  };
  const passages = writer.heldOut.flatMap((document) => document.passages);
  const compared = await compareMaskedLm(reader.model, passages, prompts, { threads: threadCount() });
  if (compared === undefined) {
    throw new NoProfileError(`The newest documents of ${folder} hold no word that could be hidden.`);
  }
  const { tokens, masked, figures } = compared;
  return {
    version: 1,
    tokens,
    masked,
    ...figures,
    difference: { measure: "loss", ...compared.difference("own", "shared") },
    differenceToOther: { measure: "loss", ...compared.difference("own", "other") },
  };
}

function split(documents: readonly EvaluatedDocument[]) {
  const count = Math.min(documents.length - 1, Math.floor(learnedShare * documents.length));
  return { learned: documents.slice(0, count), heldOut: documents.slice(count) };
}
