import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBackground, type NamedBackground } from "../voice/named-background.ts";
import { decodeOthers, type OthersWriting } from "../voice/others-writing.ts";
import { packageRoot } from "./package-root.ts";

/** How others write, as it ships with the project. Takes some tens of milliseconds. */
export function openVoiceBackground(): NamedBackground {
  return decodeBackground(readFileSync(join(packageRoot(), "models", "voice-background", "terms.bin.gz")));
}

/** How often others use words and signs, as it ships with the project. */
export function openOthersWriting(): OthersWriting {
  return decodeOthers(
    readFileSync(join(packageRoot(), "models", "voice-background", "writing.json"), "utf8"),
  );
}
