import { type MeanGain, meanGain } from "../../numbers/gate.ts";
import { mean } from "../../numbers/mean.ts";
import { classShares, expectedValence, type OrdinalScale, scaleOfText } from "../head/ordinal-scale.ts";
import { type LabelledTone, valenceError } from "../labels/labelled-tone.ts";
import { PersonalTone } from "../writer/personal-tone.ts";
import { fewestDocuments, knownAndLater } from "./held-out-tone.ts";
import { toneGate } from "./tone-gate.ts";

/**
 * What readings under the writer's prompts take away of the error on later labels, by document. They have to do better twice:
 * than the same shift without them, so that they are not kept for what the shift does, and than what would be shown without
 * them, which is the broad shift where the earlier labels open the gate for it, and else the general reading. Of the two
 * gains it is the less sure one.
 * @param labels their `latentPersonal` must be under prompts that were tuned on `knownLabels` of them
 * @returns undefined where the later labels are of too few documents to tell
 */
export function promptGain(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
  promptWeight: number,
): MeanGain | undefined {
  const { known, later } = knownAndLater(labels);
  if (later.length < fewestDocuments) return undefined;
  const within = PersonalTone.learn(known, scale, promptWeight);
  const shiftAlone = new PersonalTone({ ...within.parameters, promptWeight: 0 }, known, scale);
  const shownWithout = PersonalTone.learn(known, scale, 0, toneGate(known, scale).scopes);
  const error = (tone: PersonalTone, label: LabelledTone): number =>
    valenceError(label.target, expectedValence(classShares(tone.latent(label), scaleOfText(label, scale))));
  const errors = (tone: PersonalTone): readonly number[] =>
    later.map((document) => mean(document.labels.map((label) => error(tone, label))));
  const own = errors(within);
  const gains = [shiftAlone, shownWithout].map(
    (other) => meanGain(errors(other).map((one, at) => one - own[at]!))!,
  );
  return gains.toSorted((one, other) => one.low - other.low)[0];
}
