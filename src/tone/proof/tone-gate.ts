import { fewestMeasured, type Gate, gate } from "../../numbers/gate.ts";
import { type Figure, percentage, type Said, said, saidCount, whole } from "../../said/said.ts";
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
export interface ToneGate extends Gate {
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
  const own = weighedByDocument(labels.filter(isSaid));
  const judged = toneScopes.flatMap((scope) => judge(own, scope, scale) ?? []);
  const [best] = judged.toSorted((a, b) => b.probability - a.probability);
  if (best === undefined) return { ...gate(false, nothingSaid), scopes: [], probability: 0 };
  const { probability } = best;
  const scopes = judged.filter(isProven).map(({ scope }) => scope);
  if (!provenPrompts) return { ...gate(scopes.length > 0, explain(best)), scopes, probability };
  const why = scopes.length > 0 ? explain(best) : promptsProven;
  return { ...gate(true, why), scopes: toneScopes, probability };
}

/** Undefined where nothing was said of texts of this kind. */
function judge(all: readonly LabelledTone[], scope: ToneScope, scale: OrdinalScale): Judged | undefined {
  const own = all.filter((label) => label.scope === scope);
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

const nothingSaid = said(
  "You have not said yet how you mean a text. A round of questions asks about twelve of your sentences; ratings or moods in front matter count, too.",
);

const promptsProven = said(
  "What was learned from your earlier labels reads your later ones closer to what you mean than the general reading, so your own reading is shown.",
);

function explain({ probability, labels, documents, kinds }: Judged): Said {
  const by = said(
    "By {0} in {1}",
    saidCount(labels, "{0} answer", "{0} answers"),
    saidCount(documents, "{0} document", "{0} documents"),
  );
  const sure = sureShare(probability);
  const known =
    probability < 0.5
      ? said(
          "{0} it cannot be told yet whether your own reading is closer to what you mean than the general one",
          by,
        )
      : said(
          "{0} it is {1} sure that your own reading is closer to what you mean than the general one",
          by,
          sure,
        );
  if (documents < fewestMeasured) {
    return said(
      "{0}; it can be shown once you have said something of {1} documents.",
      known,
      whole(fewestMeasured),
    );
  }
  if (probability >= leastProbability) return said("{0}, so it is shown.", known);
  if (kinds.asEverybody > 0.5 && labels >= answersOfRound) {
    return said("{0} you mean what everybody reads, so the general reading is shown.", by);
  }
  if (kinds.byDice > 0.5 && labels >= answersOfRound) {
    return said(
      "{0} nothing can be learned: they do not go with what is read. The general reading is shown.",
      by,
    );
  }
  return said(
    "{0}; it is shown from {1} on. A round of questions tells more.",
    known,
    sureShare(leastProbability),
  );
}

/** Never 100 %, as nothing is certain. */
const sureShare = (share: number): Figure => percentage(Math.min(99, Math.floor(100 * share)) / 100);
