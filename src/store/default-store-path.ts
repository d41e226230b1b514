import envPaths from "env-paths";

/**
 * Gives the folder where the store lies when no other is chosen: the operating system's folder for the data of
 * this user's programs (`$XDG_DATA_HOME/idiolect` or `~/.local/share/idiolect` on Linux,
 * `~/Library/Application Support/idiolect` on macOS, `%LOCALAPPDATA%\idiolect\Data` on Windows).
 */
export function defaultStorePath(): string {
  return envPaths("idiolect", { suffix: "" }).data;
}
