import type { ServerSettings } from "../protocol/editor-messages.ts";

type Scope = "machine" | "resource";

interface Setting<Value> {
  readonly default: Value;
  /** `machine`: a workspace must not decide it. */
  readonly scope: Scope;
}

const setting = <Value>(scope: Scope, value: Value): Setting<Value> => ({ default: value, scope });

/** Every setting, without `idiolect.`; a test compares the table with the manifest. */
export const settings = {
  /** Absolute; empty: the operating system's folder for the data of programs. */
  storePath: setting<string>("machine", ""),
  /** Absolute; empty: the model that ships with the extension. */
  modelPath: setting<string>("machine", ""),
  "corpus.include": setting<readonly string[]>("resource", []),
  "corpus.exclude": setting<readonly string[]>("resource", []),
  /** In megabytes. */
  "corpus.maximumFileSize": setting<number>("resource", 5),
  "learning.cpuPercent": setting<number>("machine", 75),
  "tone.hover": setting<boolean>("resource", true),
  "tone.statusBar": setting<boolean>("resource", true),
  "tone.strength": setting<number>("resource", 1),
  "tags.completion": setting<boolean>("resource", true),
  "tags.maximumSuggestions": setting<number>("resource", 12),
} as const;

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = (typeof settings)[Name]["default"];

export const settingsSection = "idiolect";

/** Those that the server takes only when it starts. */
export const settingsOfStart: readonly SettingName[] = ["storePath", "modelPath"];

/** What the user wrote for a setting; anything, since settings files are written by hand. */
export type ReadSetting = (name: SettingName) => unknown;

/** A setting's value, or its default where the user wrote something of another type. */
export function settingValue<Name extends SettingName>(read: ReadSetting, name: Name): SettingValue<Name> {
  const value = read(name);
  const fallback = settings[name].default;
  return (isLike(value, fallback) ? value : fallback) as SettingValue<Name>;
}

/** What the server follows, as it wants it. */
export function serverSettings(read: ReadSetting): ServerSettings {
  const value = <Name extends SettingName>(name: Name) => settingValue(read, name);
  return {
    corpus: {
      include: value("corpus.include"),
      exclude: value("corpus.exclude"),
      maximumFileBytes: Math.round(within(value("corpus.maximumFileSize"), 0.001, 100) * 1e6),
    },
    learning: { cpuPercent: within(value("learning.cpuPercent"), 5, 100) },
    tone: { hover: value("tone.hover"), strength: within(value("tone.strength"), 0, 1) },
    tags: {
      completion: value("tags.completion"),
      maximumSuggestions: Math.round(within(value("tags.maximumSuggestions"), 1, 50)),
    },
  };
}

function isLike(value: unknown, fallback: unknown): boolean {
  return Array.isArray(fallback)
    ? Array.isArray(value) && value.every((item) => typeof item === "string")
    : typeof value === typeof fallback;
}

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
