import type { Gate } from "../numbers/gate.ts";
import { sayReason } from "../words/say.ts";
import { t } from "./language.ts";

/** A gate with its reason in the editor's language. */
export const spokenGate = (gate: Gate) => ({ open: gate.open, reason: sayReason(gate, t) });

/** The gates of a profile version, all in the editor's language. */
export function spokenGates({
  tone,
  tags,
  masking,
  voice,
}: Readonly<Record<"tone" | "tags" | "masking", Gate>> & { readonly voice?: Gate | undefined }) {
  return {
    tone: spokenGate(tone),
    tags: spokenGate(tags),
    masking: spokenGate(masking),
    ...(voice === undefined ? {} : { voice: spokenGate(voice) }),
  };
}
