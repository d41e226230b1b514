import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../prerequisite.ts";
import { networkCalls, outside, type SystemCall, Watch, writtenPaths } from "../trust/system-calls.ts";
import { Stage } from "./harness/stage.ts";

const browser = needs("chromium");
const strace = needs("strace");

/**
 * The extension shares its process with other extensions and with VS Code itself, which talk to the window. So the
 * same steps are done with the extension and without, and what is there only with it is ours.
 */
describe.skipIf(browser.isMissing || strace.isMissing)(
  `The extension host, system call by system call${browser.note}${strace.note}`,
  () => {
    const none = mkdtempSync(join(tmpdir(), "idiolect-no-extensions-"));
    const watches = { with: new Watch(), without: new Watch() };
    let hosts: Readonly<Record<keyof typeof watches, HostCalls>>;

    beforeAll(async () => {
      hosts = {
        without: await openDraft({ watch: watches.without, extensions: none }),
        with: await openDraft({ watch: watches.with }),
      };
    });
    afterAll(() => {
      for (const watch of Object.values(watches)) watch[Symbol.dispose]();
      rmSync(none, { recursive: true, force: true });
    });

    test("makes no other connection with the extension than without it.", () => {
      const { with: own, without } = hosts;
      expect(own.calls.length).toBeGreaterThan(0);
      expect(without.calls.length).toBeGreaterThan(0);
      const usual = new Set(networkCalls(without.calls).map(withoutNumbers));
      expect(networkCalls(own.calls).filter((call) => !usual.has(withoutNumbers(call)))).toEqual([]);
    });

    test("writes nothing outside of the editor's own folder with the extension.", () => {
      const { with: own, without } = hosts;
      const usual = new Set(without.written);
      expect(own.written.filter((path) => !usual.has(path))).toEqual([]);
    });
  },
);

interface HostCalls {
  readonly calls: readonly SystemCall[];
  /** Outside of the editor's own folder. */
  readonly written: readonly string[];
}

/** Opens the draft, and lets the extension read it where it is there. */
async function openDraft(
  options: Parameters<typeof Stage.set>[0] & { readonly watch: Watch },
): Promise<HostCalls> {
  const stage = await Stage.set(options);
  try {
    const workbench = await stage.open();
    if (options.extensions === undefined) {
      await workbench.hover("Nothing lost", /sure/);
      await workbench.command("Idiolect: Read Tone of Document");
      await workbench.panel.locator("svg.tone-plot").waitFor();
    }
    // The host makes a socket for the `code` command of terminals, late in its start.
    await vi.waitFor(
      () => expect(networkCalls(hostCalls(options.watch)).join("\n")).toContain("vscode-ipc"),
      { timeout: 60_000, interval: 500 },
    );
    await workbench.close();
    const { dataFolder, workspace } = stage.scene;
    const calls = hostCalls(options.watch);
    return { calls, written: outside(writtenPaths(calls, workspace), [dataFolder]) };
  } finally {
    await stage.strike();
  }
}

const hostCalls = (watch: Watch): readonly SystemCall[] =>
  watch.calls().filter(({ process }) => process.includes("--type=extensionHost"));

/** Descriptors, inodes, ports and contents differ from run to run; who is spoken to does not. */
function withoutNumbers(call: string): string {
  const [, name = "", rest = ""] = /^(\w+)\((.*)$/s.exec(call) ?? [];
  const address = /sin6?_addr=[^,]*|inet_pton\([^)]*\)|sun_path="[^"]*"/.exec(rest)?.[0] ?? "";
  return name === "socket"
    ? call
    : `${name} ${address.replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4,}/g, "N").replace(/idiolect-tests-\w+/, "")}`;
}
