import { spawnSync } from "node:child_process";

/** The words before a command for which a folder, which has to be there, is read-only, whoever it runs as. */
export function withReadOnly(folder: string): readonly string[] {
  const mount = `mount --bind "${folder}" "${folder}" && mount -o remount,ro,bind "${folder}" && exec "$@"`;
  return ["unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh"];
}

/** Whether this machine allows that. */
export const canMount =
  spawnSync("unshare", ["--map-root-user", "--mount", "mount", "--bind", "/tmp", "/tmp"]).status === 0;

/** For names of tests that are left out where it does not. */
export const mountNote = canMount ? "" : " [without the right to mount]";
