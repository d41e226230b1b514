import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** Says in a test's name that it is skipped for want of data that do not belong to the project. */
export const withoutShared = "[without ../shared";

/**
 * Marks in a test's name that excuse a skip in CI: what they name belongs to other people or to the
 * machine, and no install step of the project can bring it.
 */
export const excusedSkips: readonly string[] = [
  withoutShared,
  "[without all-MiniLM-L6-v2",
  "[root may write everywhere",
  "[without the right to mount",
  "[without a package registry",
  "[without Wine",
];

/** Things that a test needs and that a checkout may lack, each with what to do about it. */
const prerequisites = {
  /** Data sets and corpora of other people, which lie beside the checkout and are never part of it. */
  shared: { folder: "../shared", isOptional: true, advice: "lay the data beside the checkout" },
  /** The shipped base and its weights. */
  base: { folder: "models/idiolect-base", isOptional: false, advice: "check out models/ in full" },
  /** The browser in which the served VS Code shows; `CHROMIUM` names another program. */
  chromium: {
    folder: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    isOptional: false,
    advice: "install Debian's package chromium, or name a Chromium or Chrome in CHROMIUM",
  },
  /** The editor that `nvim` starts; `NEOVIM` names another program. */
  neovim: {
    folder: process.env["NEOVIM"] ?? "/usr/bin/nvim",
    isOptional: false,
    advice: "install Debian's package neovim, or name a Neovim in NEOVIM",
  },
  /** Debian's watcher of system calls. */
  strace: {
    folder: "/usr/bin/strace",
    isOptional: false,
    advice: "install Debian's package strace; on another system this is what CI does",
  },
} as const;

/** Whether a test has to be skipped, and what its name should say then (else nothing). */
export interface Prerequisite {
  readonly isMissing: boolean;
  readonly note: string;
}

/**
 * Looks for what a test needs: `describe.skipIf(corpus.isMissing)(`Ruben Schade's blog${corpus.note}`, ...)`.
 *
 * @param path below the prerequisite's folder
 * @throws Error where it is missing in CI (`CI=true`), unless it is `shared`: there a skip would hide a failure
 */
export function needs(name: keyof typeof prerequisites, path = "."): Prerequisite {
  const { folder, isOptional, advice } = prerequisites[name];
  if (existsSync(resolve(root, folder, path))) {
    return { isMissing: false, note: "" };
  }
  const place = path === "." ? folder : `${folder}/${path}`;
  if (process.env["CI"] === "true" && !isOptional) {
    throw new Error(`This test needs ${place}, and in CI nothing but ../shared may be missing: ${advice}.`);
  }
  return { isMissing: true, note: ` [without ${place}]` };
}
