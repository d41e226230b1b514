import { describe, expect, it } from "vitest";
import { serverSettings } from "../../src/protocol/settings.ts";
import {
  defaultSettings,
  HeldSettings,
  mergeSettings,
  parseInitialization,
} from "../../src/server/settings.ts";

const parse = (value: unknown) => mergeSettings(defaultSettings, value);

describe("Settings from an editor", () => {
  it("are taken as they are, bare or under the name of the section", () => {
    const settings = { ...defaultSettings, tone: { hover: "off", strength: 0.5 } };

    expect(parse(settings)).toEqual(settings);
    expect(parse({ idiolect: settings })).toEqual(settings);
  });

  it("stay as they were where they are left out or make no sense", () => {
    const wrong = { tone: { hover: "yes", strength: Number.NaN }, tags: 5, learning: { cpuPercent: null } };
    const own = parse({ tone: { hover: "off" }, tags: { maximumSuggestions: 3 } });

    for (const nothing of [
      wrong,
      undefined,
      null,
      "nonsense",
      [],
      {},
      { idiolect: null },
      { idiolect: {} },
    ]) {
      expect(parse(nothing)).toEqual(defaultSettings);
      expect(mergeSettings(own, nothing)).toEqual(own);
    }
  });

  it("change alone where they are sent alone", () => {
    const own = parse({ tone: { hover: "off" }, tags: { maximumSuggestions: 3 } });

    expect(mergeSettings(own, { tags: { completion: false } })).toEqual({
      ...defaultSettings,
      tone: { hover: "off", strength: 1 },
      tags: { closedList: [], completion: false, hashtags: "auto", maximumSuggestions: 3, new: false },
    });
  });

  it("count as the nearest value within their bounds", () => {
    expect(parse({ tone: { strength: 7 }, tags: { maximumSuggestions: 3.4 } })).toMatchObject({
      tone: { strength: 1 },
      tags: { maximumSuggestions: 3 },
    });
    expect(parse({ learning: { cpuPercent: 0 }, tags: { maximumSuggestions: 900 } })).toMatchObject({
      learning: { cpuPercent: 5 },
      tags: { maximumSuggestions: 50 },
    });
  });

  it("may have the largest file in bytes, as it was once spelled", () => {
    expect(parse({ corpus: { maximumFileBytes: 2_500_000 } }).corpus.maximumFileSize).toBe(2.5);
    expect(parse({ corpus: { maximumFileBytes: 1, maximumFileSize: 3 } }).corpus.maximumFileSize).toBe(3);
  });

  it("may be left out altogether by another editor", () => {
    for (const nothing of [undefined, null, [], 7]) {
      expect(parseInitialization(nothing)).toEqual({
        storePath: undefined,
        modelPath: undefined,
        settings: undefined,
      });
    }
    expect(parseInitialization({ storePath: 7, settings: {} }).storePath).toBeUndefined();
  });
});

const hover = (isOn: boolean) => serverSettings((name) => (name === "tone.hover" ? isOn : undefined));

it("A document has the settings of the innermost folder around it, and any other those of the workspace.", () => {
  const held = new HeldSettings();
  held.take({
    ...hover(false),
    folders: [
      { folder: "/blog", settings: hover(true) },
      { folder: "/blog/drafts", settings: hover(false) },
    ],
  });
  const paths = ["/blog/a.md", "/blog/drafts/a.md", "/blog2/a.md", undefined];
  expect(paths.map((path) => held.of(path).tone.hover)).toEqual(["clear", "off", "off", "off"]);
});

it("A language decides some settings otherwise than the folder around its documents, or the workspace.", () => {
  const held = new HeldSettings();
  held.take({
    ...hover(true),
    languages: { plaintext: { tone: { hover: "off" } }, org: { tone: { hover: 7 } } },
    folders: [
      { folder: "/blog", settings: hover(true) },
      { folder: "/book", settings: hover(false), languages: { latex: { tone: { hover: "all" } } } },
    ],
  });
  const of = (path: string, language: string) => held.of(path, language).tone.hover;
  expect(of("/a.txt", "plaintext")).toBe("off");
  expect(of("/a.org", "org")).toBe("clear");
  expect(of("/a.md", "markdown")).toBe("clear");
  expect(of("/blog/a.txt", "plaintext")).toBe("clear");
  expect([of("/book/a.tex", "latex"), of("/book/a.md", "markdown")]).toEqual(["all", "off"]);
  held.take({ tone: { hover: "all" } });
  expect([of("/a.txt", "plaintext"), of("/a.md", "markdown")]).toEqual(["off", "all"]);
  held.take({ languages: {} });
  expect(of("/a.txt", "plaintext")).toBe("all");
});

it("What an editor leaves out stays as it was, and what is no folder is left out.", () => {
  const held = new HeldSettings();
  held.take({ idiolect: { ...hover(true), folders: [{ folder: "/blog", settings: hover(false) }] } });
  for (const nothing of [{}, null, { folders: [{ folder: 3 }] }]) {
    held.take(nothing);
    expect(held.of("/blog/a.md").tone.hover).toBe("off");
  }
});

it("It is known of each setting whether the editor has said it, there or for the workspace.", () => {
  const held = new HeldSettings();
  held.take({
    tone: { strength: "much" },
    folders: [{ folder: "/blog", settings: { tone: { strength: 1 } } }],
  });
  const isStrengthSaid = (path?: string) => held.isSaid("tone.strength", path);
  expect([isStrengthSaid("/blog/a.md"), isStrengthSaid("/a.md"), isStrengthSaid()]).toEqual([
    true,
    false,
    false,
  ]);
  held.take({ idiolect: { tone: { strength: 0.5 } } });
  held.take(null);
  expect([isStrengthSaid("/a.md"), isStrengthSaid()]).toEqual([true, true]);
  expect(held.isSaid("tone.hover")).toBe(false);
});
