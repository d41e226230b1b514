import { expect, it } from "vitest";
import { serverSettings } from "../../../src/protocol/settings.ts";
import { HeldSettings } from "../../../src/server/learning/held-settings.ts";

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
  expect(paths.map((path) => held.of(path).tone.hover)).toEqual([true, false, false, false]);
});

it("What an editor leaves out stays as it was, and what is no folder is left out.", () => {
  const held = new HeldSettings();
  held.take({ idiolect: { ...hover(true), folders: [{ folder: "/blog", settings: hover(false) }] } });
  for (const nothing of [{}, null, { folders: [{ folder: 3 }] }]) {
    held.take(nothing);
    expect(held.of("/blog/a.md").tone.hover).toBe(false);
  }
});
