import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** What the machine runs on; `unknown` where nothing says so. */
export type PowerSource = "mains" | "battery" | "unknown";

/**
 * Asks the system what the machine runs on: Linux by files, macOS by its own program. Windows tells programs alone that
 * call its libraries, so there it is unknown. With IDIOLECT_POWER_SUPPLIES, a folder, its files are asked on any system.
 */
export async function powerSource(): Promise<PowerSource> {
  const folder = process.env["IDIOLECT_POWER_SUPPLIES"];
  if (folder !== undefined) return powerOfSupplies(folder);
  switch (process.platform) {
    case "linux":
      return powerOfSupplies("/sys/class/power_supply");
    case "darwin":
      return powerFromPmset(await batteryReport());
    default:
      return "unknown";
  }
}

/**
 * As the kernel tells it in `Documentation/ABI/testing/sysfs-class-power`: a folder for each supply. Anything that
 * is plugged in counts before a battery that is being emptied; batteries of mice and the like do not count.
 */
export async function powerOfSupplies(folder: string): Promise<PowerSource> {
  const names = await readdir(folder).catch(() => []);
  const supplies = await Promise.all(names.map((name) => readSupply(join(folder, name))));
  const own = supplies.filter(({ scope }) => scope !== "Device");
  // 2: online, with a voltage that was agreed upon.
  if (own.some(({ type, online }) => type !== "Battery" && (online === "1" || online === "2"))) {
    return "mains";
  }
  return own.some(({ type, status }) => type === "Battery" && status === "Discharging")
    ? "battery"
    : "unknown";
}

async function readSupply(folder: string) {
  const read = async (name: string): Promise<string | undefined> => {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    return text?.trim();
  };
  const [type, scope, online, status] = await Promise.all(["type", "scope", "online", "status"].map(read));
  return { type, scope, online, status };
}

/** From the first line of `pmset -g batt`: Now drawing from 'Battery Power'. */
export function powerFromPmset(report: string): PowerSource {
  const source = /drawing from '([^']+)'/.exec(report)?.[1];
  if (source === "AC Power") return "mains";
  return source === "Battery Power" || source === "UPS Power" ? "battery" : "unknown";
}

/** A program that does not answer within this time is not waited for. */
const patienceMs = 5_000;

/** Empty where the program is missing, fails or does not answer. */
async function batteryReport(): Promise<string> {
  try {
    const options = { timeout: patienceMs, killSignal: "SIGKILL", encoding: "utf8" } as const;
    const { stdout } = await promisify(execFile)("/usr/bin/pmset", ["-g", "batt"], options);
    return stdout;
  } catch {
    return "";
  }
}
