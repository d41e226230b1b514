import * as vscode from "vscode";
import { type SettingName, type SettingValue, settingsSection } from "../protocol/settings.ts";
import { settingValue } from "./settings.ts";

interface ReadSettings {
  readonly read: (name: SettingName) => unknown;
  value<Name extends SettingName>(name: Name): SettingValue<Name>;
}

/** The settings as they hold for a document; undefined: for the first folder of the workspace. */
export function settingsOf(document: vscode.Uri | undefined): ReadSettings {
  const scope = document ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const configuration = vscode.workspace.getConfiguration(settingsSection, scope);
  const read = (name: SettingName): unknown => configuration.get(name);
  return { read, value: (name) => settingValue(read, name) };
}

/** Whether a change touches one of these settings. */
export function touches(change: vscode.ConfigurationChangeEvent, names: readonly SettingName[]): boolean {
  return names.some((name) => change.affectsConfiguration(`${settingsSection}.${name}`));
}
