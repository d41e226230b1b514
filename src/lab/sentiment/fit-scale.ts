import { mean } from "../../numbers/mean.ts";
import { type OrdinalScale, scaleOfText } from "../../tone/head/ordinal-scale.ts";
import { logLikelihood, type ToneTarget } from "../../tone/labels/labelled-tone.ts";

/** A read text whose label is known. */
export interface ReadLabel {
  readonly latent: number;
  /** The text's own scale; 1 if absent. */
  readonly textScale?: number;
  readonly target: ToneTarget;
}

/** Golden-section search halves its range in fewer than two rounds. */
const rounds = 24;
const sweeps = 3;
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * Moves all thresholds together and sets the temperature so that held-out labels are likeliest: what all
 * writers share is no writer's own, and shares are to be as sure as they are right (temperature
 * scaling: Guo and others 2017). One at a time, three times over. Distances between thresholds stay.
 */
export function fitScale(labels: readonly ReadLabel[], trained: OrdinalScale): OrdinalScale {
  const at = (offset: number, logTemperature: number): OrdinalScale => {
    const [a, b, c, d] = trained.thresholds;
    return {
      thresholds: [a + offset, b + offset, c + offset, d + offset],
      temperature: trained.temperature * Math.exp(logTemperature),
    };
  };
  let [offset, logTemperature] = [0, 0];
  for (let sweep = 0; sweep < sweeps; sweep++) {
    logTemperature = lowest((value) => meanLoss(labels, at(offset, value)), -1.5, 1.5);
    offset = lowest((value) => meanLoss(labels, at(value, logTemperature)), -2, 2);
  }
  return at(offset, logTemperature);
}

/** Mean of −log p of the labels, in nats. */
export function meanLoss(labels: readonly ReadLabel[], scale: OrdinalScale): number {
  const logs = labels.map(
    (label) => logLikelihood(label.target, label.latent, scaleOfText(label, scale)).value,
  );
  return -mean(logs);
}

/** Where a function with one valley is lowest between two places. */
function lowest(valueAt: (place: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [valueAt(left), valueAt(right)];
  for (let round = 0; round < rounds; round++) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = valueAt(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = valueAt(right);
    }
  }
  return (low + high) / 2;
}
