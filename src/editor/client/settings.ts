import { type SettingName, type SettingValue, settingFrom, settings } from "../../protocol/settings.ts";

/** Those that the server takes only when it starts. */
export const settingsOfStart: readonly SettingName[] = ["storePath", "modelPath"];

/** What the user wrote for a setting; anything, since settings files are written by hand. */
export type ReadSetting = (name: SettingName) => unknown;

/** A setting's value within its bounds, or its default where the user wrote something of another type. */
export function settingValue<Name extends SettingName>(read: ReadSetting, name: Name): SettingValue<Name> {
  return settingFrom(name, read(name)) ?? settings[name].default;
}
