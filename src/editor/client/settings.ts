import * as vscode from "vscode";
import {
  type SettingName,
  type SettingValue,
  settingFrom,
  settings,
  settingsSection,
} from "../../protocol/settings.ts";

/** Those that the server takes only when it starts. */
export const settingsOfStart: readonly SettingName[] = ["storePath", "modelPath"];

/** What the user wrote for a setting; anything, since settings files are written by hand. */
export type ReadSetting = (name: SettingName) => unknown;

/** A setting's value within its bounds, or its default where the user wrote something of another type. */
export function settingValue<Name extends SettingName>(read: ReadSetting, name: Name): SettingValue<Name> {
  return settingFrom(name, read(name)) ?? settings[name].default;
}

interface ReadSettings {
  readonly read: (name: SettingName) => unknown;
  value<Name extends SettingName>(name: Name): SettingValue<Name>;
}

/**
 * The settings as they hold for a document, a folder or a language in it; undefined: for the workspace as a whole. Of
 * a document's URI alone the editor does not know the language.
 */
export function settingsOf(resource: vscode.ConfigurationScope | undefined): ReadSettings {
  // Not `undefined`, which would mean the document in front.
  const configuration = vscode.workspace.getConfiguration(settingsSection, resource ?? null);
  const read = (name: SettingName): unknown => configuration.get(name);
  return { read, value: (name) => settingValue(read, name) };
}

/** Whether a change touches one of these settings. */
export function touches(change: vscode.ConfigurationChangeEvent, names: readonly SettingName[]): boolean {
  return names.some((name) => change.affectsConfiguration(`${settingsSection}.${name}`));
}
