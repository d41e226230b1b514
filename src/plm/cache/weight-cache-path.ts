import envPaths from "env-paths";

/**
 * Where models are unpacked: the operating system's folder for what can be made again (`$XDG_CACHE_HOME/idiolect` or
 * `~/.cache/idiolect` on Linux, `~/Library/Caches/idiolect` on macOS, `%LOCALAPPDATA%\idiolect\Cache` on Windows).
 * It holds nothing of a writer. In a file of its own, for loading `env-paths` opens standard input, which then no
 * longer waits for what is read from it at once.
 */
export function weightCachePath(): string {
  return envPaths("idiolect", { suffix: "" }).cache;
}
