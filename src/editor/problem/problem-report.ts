import type { Diagnosis } from "../../protocol/diagnosis.ts";
import { type Setting, type SettingName, settings } from "../../protocol/settings.ts";
import { formatBytes, formatCount } from "../../words/format.ts";
import type { ReadSetting } from "../client/settings.ts";
import type { ScrubbedLog } from "./scrubbed-log.ts";

/** What a report of a problem is made of. */
export interface ProblemParts {
  readonly versions: readonly (readonly [what: string, version: string])[];
  /** Undefined where the server does not answer. */
  readonly diagnosis: Diagnosis | undefined;
  /** The state of the server, and the kind of the learning status. */
  readonly states: readonly (readonly [what: string, state: string])[];
  readonly read: ReadSetting;
  readonly log: ScrubbedLog;
}

/** The report as a text in English, for whoever is asked to help. */
export function problemReport({ versions, diagnosis, states, read, log }: ProblemParts): string {
  return [
    "# Idiolect: report of a problem",
    "",
    "What happened, and what did you expect?",
    "",
    "(Write it here. Nothing below is text of yours; look it over all the same.)",
    "",
    ...section("Versions", [...versions, ...(diagnosis === undefined ? [] : partsOf(diagnosis))]),
    ...section("State", states),
    ...section("Settings that differ from the default", changedSettings(read)),
    "## Log",
    "",
    `Lines left out, as they may hold text or names: ${formatCount(log.leftOut)}`,
    ...log.lines,
    "",
  ].join("\n");
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  const lines = rows.map(([what, value]) => `${what}: ${value}`);
  return [`## ${title}`, "", ...(lines.length === 0 ? ["none"] : lines), ""];
}

function partsOf(found: Diagnosis): readonly (readonly [string, string])[] {
  return [
    ["Node.js of the server", found.node],
    ["platform", found.platform],
    ["learns on this machine", found.canLearn ? "yes" : "no"],
    ["base model", found.baseModel ?? "could not be opened"],
    ["writers", formatCount(found.writers)],
    ["documents", formatCount(found.documents)],
    ["lessons", formatCount(found.lessons)],
    ["versions of profiles", formatCount(found.profileVersions)],
    ["kept", formatBytes(found.storeBytes)],
  ];
}

/** Names and paths are the writer's: of a text or a list it is said only that it is set. */
function changedSettings(read: ReadSetting): readonly (readonly [string, string])[] {
  return (Object.entries(settings) as [SettingName, Setting<unknown>][]).flatMap(([name, setting]) => {
    const value = read(name);
    const isDefault = value === undefined || JSON.stringify(value) === JSON.stringify(setting.default);
    return isDefault ? [] : [[name, described(value, setting)] as const];
  });
}

function described(value: unknown, { choices }: Setting<unknown>): string {
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (choices?.includes(String(value))) return String(value);
  return Array.isArray(value) ? `set (${formatCount(value.length)})` : "set";
}
