import { z } from "zod";
import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../corpus/discover.ts";
import type { ServerSettings } from "../protocol/editor-messages.ts";

/** What holds where the editor says nothing. */
export const defaultSettings: ServerSettings = {
  corpus: { include: [], exclude: [], maximumFileBytes: DEFAULT_MAX_FILE_SIZE_BYTES },
  learning: { cpuPercent: 50 },
  tone: { hover: true, strength: 1 },
  tags: { completion: true, maximumSuggestions: 10 },
};

const globs = z.array(z.string());

/** A value out of its range, or of another type, is as if it was not there. */
const settingsShape = z.object({
  corpus: z
    .object({
      include: globs.catch([]),
      exclude: globs.catch([]),
      maximumFileBytes: z.number().int().positive().catch(defaultSettings.corpus.maximumFileBytes),
    })
    .catch(mutable(defaultSettings.corpus)),
  learning: z
    .object({ cpuPercent: z.number().min(1).max(100).catch(defaultSettings.learning.cpuPercent) })
    .catch(defaultSettings.learning),
  tone: z
    .object({ hover: z.boolean().catch(true), strength: z.number().min(0).max(1).catch(1) })
    .catch(defaultSettings.tone),
  tags: z
    .object({
      completion: z.boolean().catch(true),
      maximumSuggestions: z.number().int().min(1).max(100).catch(defaultSettings.tags.maximumSuggestions),
    })
    .catch(defaultSettings.tags),
});

const initializationShape = z.object({
  storePath: z.string().min(1).optional().catch(undefined),
  modelPath: z.string().min(1).optional().catch(undefined),
  settings: z.unknown().optional(),
});

/** What the editor gave with `initialize`; another editor may give nothing. */
export function parseInitialization(value: unknown): {
  readonly storePath: string | undefined;
  readonly modelPath: string | undefined;
  readonly settings: ServerSettings;
} {
  const parsed = initializationShape.safeParse(value ?? {});
  const { storePath, modelPath, settings } = parsed.success ? parsed.data : {};
  return { storePath, modelPath, settings: parseSettings(settings) };
}

/** Settings as the editor sends them, bare or under `idiolect`. Never throws: what is wrong has its default. */
export function parseSettings(value: unknown): ServerSettings {
  const named = z.object({ idiolect: z.record(z.string(), z.unknown()) }).safeParse(value);
  const parsed = settingsShape.safeParse(named.success ? named.data.idiolect : (value ?? {}));
  return parsed.success ? parsed.data : defaultSettings;
}

function mutable({ include, exclude, maximumFileBytes }: ServerSettings["corpus"]) {
  return { include: [...include], exclude: [...exclude], maximumFileBytes };
}
