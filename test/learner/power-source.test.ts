import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { powerFromPmset, powerOfSupplies, powerSource } from "../../src/learner/power-source.ts";
import { writeSupply } from "./power-supply.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const mains = (online: string) => ({ type: "Mains", online });
const battery = (status: string) => ({ type: "Battery", scope: "System", status });
const mouse = { type: "Battery", scope: "Device", status: "Discharging" };

describe("What a machine runs on, by files of Linux", () => {
  test.each([
    ["a laptop that is plugged in", [mains("1"), battery("Charging")], "mains"],
    ["a laptop that is not", [mains("0"), battery("Discharging")], "battery"],
    ["a laptop whose charger is too weak", [{ type: "USB", online: "1" }, battery("Discharging")], "mains"],
    ["a charger that has agreed on a voltage", [{ type: "USB", online: "2" }, battery("Charging")], "mains"],
    [
      "a laptop with two batteries, one of them in use",
      [battery("Unknown"), battery("Discharging")],
      "battery",
    ],
    ["a battery that is neither filled nor emptied", [mains("0"), battery("Not charging")], "unknown"],
    ["a desktop with a mouse without a cable", [mouse], "unknown"],
    ["a machine that says nothing", [], "unknown"],
    ["a supply that does not say what it is", [{ online: "1", status: "Discharging" }], "mains"],
  ] as const)("%s", async (_, supplies, expected) => {
    const folder = temporaryFolder();
    for (const [at, supply] of supplies.entries()) writeSupply(join(folder, `supply${at}`), supply);
    expect(await powerOfSupplies(folder)).toBe(expected);
  });

  test("is not known where there is no such folder, or something else lies in it.", async () => {
    const folder = temporaryFolder();
    expect(await powerOfSupplies(join(folder, "missing"))).toBe("unknown");
    writeFileSync(join(folder, "BAT0"), "Discharging");
    mkdirSync(join(folder, "BAT1", "status"), { recursive: true });
    expect(await powerOfSupplies(folder)).toBe("unknown");
  });
});

describe("What a Mac runs on, by the words of pmset", () => {
  test.each([
    [
      "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t96%; discharging; 5:12 remaining present: true\n",
      "battery",
    ],
    [
      "Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t80%; charged; 0:00 remaining present: true\n",
      "mains",
    ],
    ["Now drawing from 'AC Power'\n", "mains"],
    ["Now drawing from 'UPS Power'\n -Some UPS (id=2)\t99%; discharging present: true\n", "battery"],
    ["Now drawing from 'the sun'\n", "unknown"],
    ["", "unknown"],
  ] as const)("%j", (report, expected) => {
    expect(powerFromPmset(report)).toBe(expected);
  });
});

test("The machine of the tests says nothing, so that they learn on battery, too.", async () => {
  expect(await powerSource()).toBe("unknown");
});
