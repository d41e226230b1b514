import { describe, expect, it } from "vitest";
import { defaultSettings, parseInitialization, parseSettings } from "../../src/server/settings.ts";

describe("Settings from an editor", () => {
  it("are taken as they are, bare or under the name of the section", () => {
    const settings = { ...defaultSettings, tone: { hover: false, strength: 0.5 } };

    expect(parseSettings(settings)).toEqual(settings);
    expect(parseSettings({ idiolect: settings })).toEqual(settings);
  });

  it("have their default where they are missing or make no sense", () => {
    const wrong = { tone: { hover: "yes", strength: 7 }, tags: 5, learning: { cpuPercent: 0 } };

    expect(parseSettings(wrong)).toEqual(defaultSettings);
    expect(parseSettings(undefined)).toEqual(defaultSettings);
    expect(parseSettings("nonsense")).toEqual(defaultSettings);
    expect(parseSettings({ tone: { hover: false } }).tone).toEqual({ hover: false, strength: 1 });
  });

  it("may be left out altogether by another editor", () => {
    expect(parseInitialization(undefined)).toEqual({
      storePath: undefined,
      modelPath: undefined,
      settings: defaultSettings,
    });
    expect(parseInitialization({ storePath: 7, settings: {} }).storePath).toBeUndefined();
  });
});
