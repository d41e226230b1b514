import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const program = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Chromium of this machine, or the program that `CHROMIUM` names; undefined where there is none. */
export function chromiumPath(): string | undefined {
  return existsSync(program) ? program : undefined;
}

/** A browser without a window, which looks for no news of its own. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new Error("There is no Chromium here. Install it, or name one in CHROMIUM.");
  }
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-extensions",
      "--disable-sync",
    ],
  });
}
