/*
 * The one table of settings: editor, server and command line take names, defaults and bounds from it. Tests compare
 * it with the manifest, whose package.nls.json says what each of them does, and with docs/editors.md.
 */

import type { AgentAbility } from "./agent-abilities.ts";
import { schedulePattern } from "./learning-hours.ts";

export interface Setting<Value> {
  readonly default: Value;
  /** `machine`: a workspace must not decide it. `language-overridable`: a folder may, and so may a language in it. */
  readonly scope: "machine" | "resource" | "language-overridable";
  /** Of a number. A value outside counts as the nearest within. */
  readonly bounds?: Bounds;
  /** Of a text that is one of few words. */
  readonly choices?: readonly string[];
  /** Of a text: what it has to look like, as a regular expression. */
  readonly pattern?: string;
  /** What holds in a terminal, where it is another value: there somebody waits for the end. */
  readonly inTerminal?: Value;
}

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
  readonly isWhole?: true;
}

export const hashtagUses = ["auto", "always", "never"] as const;
export type HashtagUse = (typeof hashtagUses)[number];

export const batteryUses = ["pause", "go on"] as const;
/** What learning does while the machine runs on battery. */
export type BatteryUse = (typeof batteryUses)[number];

/** `clear`: sentences that have a tone, and those that were taught. */
export type HoverUse = "clear" | "all" | "off";

const machine = <Value>(value: Value) => ({ default: value, scope: "machine" }) as const;

const resource = <Value>(value: Value) => ({ default: value, scope: "resource" }) as const;

const overridable = <Value>(value: Value) => ({ default: value, scope: "language-overridable" }) as const;

/** Every setting, without `idiolect.`. */
export const settings = {
  /** Empty: the operating system's folder for the data of programs. */
  storePath: machine<string>(""),
  /** Empty: the model that ships with Idiolect. */
  modelPath: machine<string>(""),
  /** Globs, relative to each folder; empty: the corpus's own. */
  "corpus.include": resource<readonly string[]>([]),
  "corpus.exclude": resource<readonly string[]>([]),
  /** In megabytes. */
  "corpus.maximumFileSize": { ...resource<number>(5), bounds: { minimum: 0.001, maximum: 100 } },
  /** Languages that are read for their tone and learned, as codes or names; empty: what the model reads. */
  "corpus.languages": resource<readonly string[]>([]),
  /** Whose documents are learned from; empty: who most of them are by. */
  author: resource<string>(""),
  /** Off: a folder is not learned from, and what was learned of its documents goes. */
  "learning.enabled": resource<boolean>(true),
  /** Documents that the author wrote together with others are learned from, too. */
  "learning.coAuthors": resource<boolean>(false),
  /** Share of processor time that the learner may take. */
  "learning.cpuPercent": { ...machine<number>(75), bounds: { minimum: 5, maximum: 100 }, inTerminal: 100 },
  /** While the machine runs on battery, where that is known (learner/power-source.ts). */
  "learning.onBattery": {
    ...machine<BatteryUse>("pause"),
    choices: batteryUses,
    inTerminal: "go on",
  },
  /** When learning may go on: `always`, or hours of the day (learning-hours.ts). */
  "learning.schedule": { ...machine<string>("always"), pattern: schedulePattern },
  /** Over which sentences a hover tells the tone. */
  "tone.hover": { ...overridable<HoverUse>("clear"), choices: ["clear", "all", "off"] },
  "tone.statusBar": overridable<boolean>(true),
  /** Marks of sentences with a tone, in the margin and under them. */
  "tone.decorations": overridable<boolean>(false),
  /** Of personal readings. */
  "tone.strength": { ...resource<number>(1), bounds: { minimum: 0, maximum: 1 } },
  "tags.completion": overridable<boolean>(true),
  /** Whether hashtags in the text are tags. 'auto': in folders where the writer uses them (learner/corpus/settle-tags.ts). */
  "tags.hashtags": { ...resource<HashtagUse>("auto"), choices: hashtagUses },
  "tags.maximumSuggestions": {
    ...resource<number>(12),
    bounds: { minimum: 1, maximum: 50, isWhole: true },
  },
  /** These tags are suggested and completed, and no others; an item `file:tags.txt` stands for those that a file lists. */
  "tags.closedList": resource<readonly string[]>([]),
  /** Tags that the writer never used and that the text names are offered, too, apart from the others. */
  "tags.new": resource<boolean>(false),
  /** Whether it is learned how the writer sounds, and told how much a text sounds so. */
  "voice.enabled": machine<boolean>(false),
  /** What AI agents may ask; `passages` gives them the writer's own text. */
  "agents.tone": machine<boolean>(false),
  "agents.tags": machine<boolean>(false),
  "agents.passages": machine<boolean>(false),
  "agents.voice": machine<boolean>(false),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = (typeof settings)[Name]["default"];

/** The name under which editors keep the settings. */
export const settingsSection = "idiolect";

/** The settings that the server follows; they lie in each other as their names say. */
export interface ServerSettings {
  readonly corpus: {
    readonly include: readonly string[];
    readonly exclude: readonly string[];
    readonly maximumFileSize: number;
    readonly languages: readonly string[];
  };
  readonly author: string;
  readonly learning: {
    readonly enabled: boolean;
    readonly coAuthors: boolean;
    readonly cpuPercent: number;
    readonly onBattery: BatteryUse;
    readonly schedule: string;
  };
  readonly tone: { readonly hover: HoverUse; readonly strength: number };
  readonly tags: {
    readonly completion: boolean;
    readonly hashtags: HashtagUse;
    readonly maximumSuggestions: number;
    readonly closedList: readonly string[];
    readonly new: boolean;
  };
  readonly voice: { readonly enabled: boolean };
  readonly agents: Readonly<Record<AgentAbility, boolean>>;
}

/** A value that somebody wrote, within its bounds; undefined where it is of another type than the setting's. */
export function settingFrom<Name extends SettingName>(
  name: Name,
  written: unknown,
): SettingValue<Name> | undefined {
  const value = name === "tone.hover" ? hoverUse(written) : written;
  const { default: usual, bounds, choices, pattern }: Setting<unknown> = settings[name];
  if (Array.isArray(usual)) {
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
    return isList ? (value as unknown as SettingValue<Name>) : undefined;
  }
  if (typeof value !== typeof usual) return undefined;
  if (choices?.includes(value as string) === false) return undefined;
  if (pattern !== undefined && !new RegExp(pattern).test(value as string)) return undefined;
  if (typeof value !== "number" || bounds === undefined) return value as SettingValue<Name>;
  if (Number.isNaN(value)) return undefined;
  const within = Math.min(bounds.maximum, Math.max(bounds.minimum, value));
  return (bounds.isWhole ? Math.round(within) : within) as SettingValue<Name>;
}

/** The setting of hovers was once on or off. */
function hoverUse(written: unknown): unknown {
  return typeof written === "boolean" ? (written ? "clear" : "off") : written;
}

/** What the server follows where `read` tells what was written for a setting; a default where it fits none. */
export function serverSettings(read: (name: SettingName) => unknown): ServerSettings {
  const value = <Name extends SettingName>(name: Name): SettingValue<Name> =>
    settingFrom(name, read(name)) ?? settings[name].default;
  return {
    corpus: {
      include: value("corpus.include"),
      exclude: value("corpus.exclude"),
      maximumFileSize: value("corpus.maximumFileSize"),
      languages: value("corpus.languages"),
    },
    author: value("author"),
    learning: {
      enabled: value("learning.enabled"),
      coAuthors: value("learning.coAuthors"),
      cpuPercent: value("learning.cpuPercent"),
      onBattery: value("learning.onBattery"),
      schedule: value("learning.schedule"),
    },
    tone: { hover: value("tone.hover"), strength: value("tone.strength") },
    tags: {
      completion: value("tags.completion"),
      hashtags: value("tags.hashtags"),
      maximumSuggestions: value("tags.maximumSuggestions"),
      closedList: value("tags.closedList"),
      new: value("tags.new"),
    },
    voice: { enabled: value("voice.enabled") },
    agents: {
      tone: value("agents.tone"),
      tags: value("agents.tags"),
      passages: value("agents.passages"),
      voice: value("agents.voice"),
    },
  };
}

/** What the editor gives with LSP's `initialize`. */
export interface InitializationOptions {
  /** Absolute; absent: the operating system's folder for the data of programs. */
  readonly storePath?: string;
  /** Absolute; absent: the model that ships with the extension. */
  readonly modelPath?: string;
  readonly settings: EditorSettings;
  /** Absent: English. */
  readonly language?: SpokenLanguage;
  /** The editor runs the commands of `editorCommands` itself: hovers and code actions may name them. */
  readonly runsCommands?: boolean;
  /** The editor follows `notifications`. Without this it is told by messages alone. */
  readonly hearsNotifications?: boolean;
}

/** A language of the interface. */
export interface SpokenLanguage {
  /** As BCP 47 names it. */
  readonly locale: string;
  /** By the English ones; one that is missing is said in English. */
  readonly sentences: Readonly<Record<string, string>>;
}

/** What a language may decide otherwise than the folder in which its documents lie. */
export interface LanguageSettings {
  readonly tone: Pick<ServerSettings["tone"], "hover">;
  readonly tags: Pick<ServerSettings["tags"], "completion">;
}

/** By the editor's id of the language; only languages that decide something otherwise. */
export type SettingsByLanguage = Readonly<Record<string, LanguageSettings>>;

/** The settings of the workspace, and of folders that may have their own. */
export interface EditorSettings extends ServerSettings {
  readonly languages?: SettingsByLanguage;
  /** Absolute paths. */
  readonly folders?: readonly {
    readonly folder: string;
    readonly settings: ServerSettings;
    readonly languages?: SettingsByLanguage;
  }[];
}
