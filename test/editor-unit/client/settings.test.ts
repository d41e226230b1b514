import { describe, expect, it } from "vitest";
import { settingValue } from "../../../src/editor/client/settings.ts";
import { type SettingName, serverSettings, settings } from "../../../src/protocol/settings.ts";

const reading = (values: Readonly<Partial<Record<SettingName, unknown>>>) => (name: SettingName) =>
  name in values ? values[name] : settings[name].default;

describe("Settings", () => {
  it("go to the server as they lie in each other.", () => {
    expect(serverSettings(reading({ "corpus.maximumFileSize": 2.5 }))).toEqual({
      corpus: { include: [], exclude: [], maximumFileSize: 2.5, languages: [] },
      author: "",
      learning: { enabled: true, coAuthors: false, cpuPercent: 75, onBattery: "pause", schedule: "always" },
      tone: { hover: "clear", strength: 1 },
      tags: { completion: true, hashtags: "auto", maximumSuggestions: 12, closedList: [], new: false },
      voice: { enabled: false },
      agents: { tone: false, tags: false, passages: false, voice: false },
    });
  });

  it.each([
    ["learning.cpuPercent", 0, 5],
    ["learning.cpuPercent", 900, 100],
    ["learning.cpuPercent", "lots", 75],
    ["learning.cpuPercent", Number.NaN, 75],
  ] as const)("keep %s within its limits: %j becomes %j.", (name, written, taken) => {
    expect(serverSettings(reading({ [name]: written })).learning.cpuPercent).toBe(taken);
  });

  it.each([
    ["corpus.include", "**/*.md", []],
    ["corpus.include", ["**/*.md", 3], []],
    ["corpus.include", ["**/*.md"], ["**/*.md"]],
    ["tone.hover", "yes", "clear"],
    ["tone.hover", true, "clear"],
    ["tone.hover", false, "off"],
    ["learning.schedule", "22:00-06:00", "22:00-06:00"],
    ["learning.schedule", "22-6", "always"],
    ["learning.schedule", "24:00-06:00", "always"],
    ["storePath", null, ""],
  ] as const)(
    "of another type than the setting's are its default: %s %j gives %j.",
    (name, written, taken) => {
      expect(settingValue(reading({ [name]: written }), name)).toEqual(taken);
    },
  );
});
