import { fewestMeasured } from "../../numbers/gate.ts";
import type { OrdinalScale } from "../head/ordinal-scale.ts";
import { type LabelledTone, type ToneScope, toneScopes } from "../labels/labelled-tone.ts";
import { writerPosterior } from "../writer/personal-tone.ts";
import { isSaid } from "./held-out-tone.ts";

/** How probable it has to be that the own reading is closer to what the writer means than the general one. */
export const leastProbability = 0.95;

/** A round of questions asks so many: after them the gate can open. */
export const answersOfRound = 12;

/** Labels of one document may have one cause: together they count as so many. */
const mostOfDocument = 2;

/** Whether the personal reading of tone is shown, and why. */
export interface ToneGate {
  readonly open: boolean;
  /** For the user: a sentence or two, with the numbers. */
  readonly reason: string;
  /** Of what the own reading is shown: sentences, documents or both. */
  readonly scopes: readonly ToneScope[];
  /** That the own reading is closer to what the writer means than the general one; the greater of the two. */
  readonly probability: number;
}

/**
 * Opens where it is probable enough, by all that the writer has said, that readings with the writer's shift are closer to
 * what is meant than the general ones; and closes where later labels make it less probable. Sentences and documents are
 * judged apart, and emoticons say nothing here.
 * @param provenPrompts whether prompts tuned on earlier labels read later ones better for sure: they open it, too
 */
export function toneGate(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
  provenPrompts = false,
): ToneGate {
  const said = weighedByDocument(labels.filter(isSaid));
  const judged = toneScopes.flatMap((scope) => judge(said, scope, scale) ?? []);
  const [best] = judged.toSorted((a, b) => b.probability - a.probability);
  if (best === undefined) return { open: false, scopes: [], probability: 0, reason: nothingSaid };
  const { probability } = best;
  const scopes = judged.filter(isProven).map(({ scope }) => scope);
  if (!provenPrompts) return { open: scopes.length > 0, scopes, probability, reason: explain(best) };
  const reason = scopes.length > 0 ? explain(best) : promptsProven;
  return { open: true, scopes: toneScopes, probability, reason };
}

/** Undefined where nothing was said of texts of this kind. */
function judge(said: readonly LabelledTone[], scope: ToneScope, scale: OrdinalScale): Judged | undefined {
  const own = said.filter((label) => label.scope === scope);
  if (own.length === 0) return undefined;
  const posterior = writerPosterior(own, scope, scale);
  return {
    scope,
    probability: posterior.beatsGeneral(own),
    labels: own.length,
    documents: new Set(own.map(({ document }) => document)).size,
    kinds: posterior.kinds,
  };
}

const isProven = ({ probability, documents }: Judged): boolean =>
  probability >= leastProbability && documents >= fewestMeasured;

function weighedByDocument(labels: readonly LabelledTone[]): readonly LabelledTone[] {
  const documents = Map.groupBy(labels, ({ document }) => document);
  return labels.map((label) => {
    const share = Math.min(1, mostOfDocument / documents.get(label.document)!.length);
    return { ...label, weight: share * label.weight };
  });
}

interface Judged {
  readonly scope: ToneScope;
  readonly probability: number;
  readonly labels: number;
  readonly documents: number;
  readonly kinds: { readonly own: number; readonly asEverybody: number; readonly byDice: number };
}

const nothingSaid =
  "You have not said yet how you mean a text. A round of questions asks about twelve of your sentences; ratings or moods " +
  "in front matter count, too.";

const promptsProven =
  "What was learned from your earlier labels reads your later ones closer to what you mean than the general reading, so " +
  "your own reading is shown.";

function explain({ probability, labels, documents, kinds }: Judged): string {
  const by = `By ${count(labels, "answer")} in ${count(documents, "document")}`;
  const closer = "your own reading is closer to what you mean than the general one";
  const known =
    probability < 0.5
      ? `${by} it cannot be told yet whether ${closer}`
      : `${by} it is ${percent(probability)} sure that ${closer}`;
  if (documents < fewestMeasured) {
    return `${known}; it can be shown once you have said something of ${fewestMeasured} documents.`;
  }
  if (probability >= leastProbability) return `${known}, so it is shown.`;
  if (kinds.asEverybody > 0.5 && labels >= answersOfRound) {
    return `${by} you mean what everybody reads, so the general reading is shown.`;
  }
  if (kinds.byDice > 0.5 && labels >= answersOfRound) {
    return `${by} nothing can be learned: they do not go with what is read. The general reading is shown.`;
  }
  return `${known}; it is shown from ${percent(leastProbability)} on.`;
}

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? "" : "s"}`;
/** Never 100 %, as nothing is certain. */
const percent = (share: number): string => `${Math.min(99, Math.floor(100 * share))} %`;
