import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes what Linux says about one supply of power: a file for each fact. */
export function writeSupply(folder: string, facts: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries(facts)) writeFileSync(join(folder, name), `${value}\n`);
}

/** The supplies of a laptop with a charger, in a folder within `folder`; written again it is plugged in or not. */
export function writePowerSupplies(folder: string, source: "mains" | "battery"): string {
  const supplies = join(folder, "power_supply");
  const isPluggedIn = source === "mains";
  writeSupply(join(supplies, "AC"), { type: "Mains", online: isPluggedIn ? "1" : "0" });
  writeSupply(join(supplies, "BAT0"), { type: "Battery", status: isPluggedIn ? "Charging" : "Discharging" });
  return supplies;
}
