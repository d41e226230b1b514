import { z } from "zod";
import { canonicalPath } from "../corpus/files/canonical-path.ts";
import { isWithin } from "../corpus/files/paths.ts";
import {
  type ServerSettings,
  type SettingName,
  type SpokenLanguage,
  serverSettings,
  settingFrom,
  settingsSection,
  settings as settingsTable,
} from "../protocol/settings.ts";

/** What holds where the editor says nothing. */
export const defaultSettings: ServerSettings = serverSettings(() => undefined);

const initializationShape = z.object({
  storePath: z.string().min(1).optional().catch(undefined),
  modelPath: z.string().min(1).optional().catch(undefined),
  settings: z.unknown().optional(),
  language: z
    .object({ locale: z.string().refine(isLocale), sentences: z.record(z.string(), z.string()) })
    .optional()
    .catch(undefined),
});

function isLocale(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
  } catch {
    return false;
  }
}

/** What the editor gave with `initialize`; another editor may give nothing. */
export function parseInitialization(value: unknown): {
  readonly storePath: string | undefined;
  readonly modelPath: string | undefined;
  /** For `HeldSettings`. */
  readonly settings: unknown;
  readonly language: SpokenLanguage | undefined;
} {
  const parsed = initializationShape.safeParse(value ?? {});
  const { storePath, modelPath, settings, language } = parsed.success ? parsed.data : {};
  return { storePath, modelPath, settings, language };
}

/**
 * Settings as the editor sends them, bare or under `idiolect`, laid over those that hold: what is left out stays, as
 * some editors send `{}` or null right after the start, and so does what is of a wrong type. Never throws.
 */
export function mergeSettings(holding: ServerSettings, value: unknown): ServerSettings {
  const given = at(value, settingsSection) ?? value;
  return serverSettings((name) => settingFrom(name, written(given, name)) ?? at(holding, name));
}

/** The settings of which the editor says something that makes sense. */
function namesSaid(value: unknown): readonly SettingName[] {
  const given = at(value, settingsSection) ?? value;
  const names = Object.keys(settingsTable) as SettingName[];
  return names.filter((name) => settingFrom(name, written(given, name)) !== undefined);
}

const languagesShape = z.record(z.string().min(1), z.unknown());
const foldersShape = z.array(
  z.object({
    folder: z.string().min(1),
    settings: z.unknown(),
    languages: languagesShape.optional().catch(undefined),
  }),
);

/** Settings of folders, as the editor sends them under `folders`; undefined where it says nothing of any. */
export function foldersGiven(value: unknown): z.infer<typeof foldersShape> | undefined {
  return foldersShape.safeParse(at(at(value, settingsSection) ?? value, "folders")).data;
}

/** What languages decide otherwise, as the editor sends it under `languages`. */
function languagesGiven(value: unknown): z.infer<typeof languagesShape> | undefined {
  return languagesShape.safeParse(at(at(value, settingsSection) ?? value, "languages")).data;
}

function written(given: unknown, name: SettingName): unknown {
  const value = at(given, name);
  if (name !== "corpus.maximumFileSize" || value !== undefined) return value;
  // As it was once spelled.
  const bytes = at(given, "corpus.maximumFileBytes");
  return typeof bytes === "number" ? bytes / 1e6 : undefined;
}

const object = z.record(z.string(), z.unknown());

/** What lies at a path of names in each other. */
function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, name) => object.safeParse(inner).data?.[name], value);
}

interface Held {
  readonly settings: ServerSettings;
  /** By the editor's id of the language. */
  readonly languages: ReadonlyMap<string, ServerSettings>;
  /** Those that the editor has said; the others are defaults that nobody chose. */
  readonly said: ReadonlySet<SettingName>;
}

const nothingSaid: Pick<Held, "settings" | "said"> = { settings: defaultSettings, said: new Set() };

/** What is given, laid over what holds around it or held before. */
function held(
  { settings: holding, said }: Pick<Held, "settings" | "said">,
  given: unknown,
  languages: Readonly<Record<string, unknown>> = {},
): Held {
  const settings = mergeSettings(holding, given);
  const own = Object.entries(languages).map(([id, given]) => [id, mergeSettings(settings, given)] as const);
  return { settings, languages: new Map(own), said: new Set([...said, ...namesSaid(given)]) };
}

/** The settings that hold: the workspace's, and those of folders and languages that have their own. */
export class HeldSettings {
  #common = held(nothingSaid, {});
  #folders: readonly (Held & { readonly folder: string })[] = [];
  #languages: Readonly<Record<string, unknown>> = {};

  /** Takes what an editor gives, at the start or later; what it leaves out stays. */
  take(given: unknown): void {
    this.#languages = languagesGiven(given) ?? this.#languages;
    this.#common = held(this.#common, given, this.#languages);
    this.#folders =
      foldersGiven(given)?.map(({ folder, settings, languages }) => ({
        folder: canonicalPath(folder),
        ...held(this.#common, settings, languages),
      })) ?? this.#folders;
  }

  /** All that they say of how documents are read; the same for settings that read alike. */
  ofReadings(): string {
    const decided = ({ settings: { corpus, tone }, said }: Held) => [
      corpus.languages,
      tone.strength,
      said.has("tone.strength"),
    ];
    const folders = this.#folders.map((held) => [held.folder, ...decided(held)]);
    return JSON.stringify([decided(this.#common), folders]);
  }

  /** Of these folders and those that have their own settings: the ones that are not to be learned from. */
  leftOut(folders: readonly string[]): readonly string[] {
    const all = new Set([...folders, ...this.#folders.map(({ folder }) => folder)]);
    return [...all].filter((folder) => !this.of(folder).learning.enabled);
  }

  /**
   * For a document or a folder those of the innermost folder around it; without one the workspace's. A language may
   * decide some of them otherwise.
   */
  of(path?: string, languageId?: string): ServerSettings {
    const { languages, settings } = this.#around(path);
    return languages.get(languageId ?? "") ?? settings;
  }

  /** Whether the editor has said a setting for a path, or for the workspace: else it has its default. */
  isSaid(name: SettingName, path?: string): boolean {
    return this.#around(path).said.has(name);
  }

  #around(path: string | undefined): Held {
    const around = this.#folders.filter(({ folder }) => path !== undefined && isWithin(folder, path));
    return around.toSorted((a, b) => b.folder.length - a.folder.length)[0] ?? this.#common;
  }
}
