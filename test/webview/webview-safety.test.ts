import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const pages = globSync("src/webview/*.ts", { cwd: root });
const styles = globSync("src/webview/*.css", { cwd: root });

describe("Pages in panels", () => {
  test("They put text in as text, and never as markup or program.", () => {
    const risky = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser/;
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.filter((path) => risky.test(read(path)))).toEqual([]);
  });

  test("They reach for nothing outside.", () => {
    const outside = /https?:\/\/(?!www\.w3\.org\/2000\/svg)|\bfetch\(|XMLHttpRequest|WebSocket|url\(/;
    expect([...pages, ...styles].filter((path) => outside.test(read(path)))).toEqual([]);
  });

  test("Their colours are the theme's.", () => {
    const fixed = /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i;
    expect(styles.filter((path) => fixed.test(read(path)))).toEqual([]);
  });

  test("Nothing in them moves by itself, so that nobody has to ask for less of it.", () => {
    const moving =
      /animation|transition|@keyframes|scroll-behavior|requestAnimationFrame|\.animate\(|"smooth"|<animate/;
    expect([...pages, ...styles].filter((path) => moving.test(read(path)))).toEqual([]);
  });

  test("Their policy allows our script, our style sheet and nothing else.", () => {
    const [, policy = ""] =
      read("src/editor/messages/webview-page.ts").match(/const policy = `([^`]*)`/) ?? [];
    expect(policy).toBe(
      "default-src 'none'; style-src $" + "{webview.cspSource}; script-src 'nonce-$" + "{nonce}'",
    );
  });
});
