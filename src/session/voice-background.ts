import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBackground, type NamedBackground } from "../voice/named-background.ts";
import { packageRoot } from "./package-root.ts";

/** How others write, as it ships with the project. Takes some tens of milliseconds. */
export function openVoiceBackground(): NamedBackground {
  return decodeBackground(readFileSync(join(packageRoot(), "models", "voice-background", "terms.bin.gz")));
}
