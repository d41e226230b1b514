import type { Random } from "../../src/numbers/random.ts";
import type { DocumentLosses } from "../../src/profile/watching/loss-band.ts";

/** A document of two to nine passages whose losses differ as said; deviations in nats, `within` of one hidden token. */
export function drawDocument(
  random: Random,
  { mean, between, within }: { readonly mean: number; readonly between: number; readonly within: number },
): DocumentLosses {
  const own = mean + between * random.normal();
  const passages = Array.from({ length: 2 + random.integer(8) }, () => {
    const masked = 10 + random.integer(10);
    return { masked, loss: masked * (own + (within * random.normal()) / Math.sqrt(masked)) };
  });
  return { passages };
}
