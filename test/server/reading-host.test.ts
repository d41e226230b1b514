import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CancellationToken, CancellationTokenSource } from "vscode-languageserver/node";
import { inEnglish } from "../../src/said/said.ts";
import { LazyReadingHost } from "../../src/server/reading-host.ts";
import { SharedTask } from "../../src/server/turns/shared-task.ts";
import { Turns } from "../../src/server/turns/turns.ts";
import type { ReadingSession } from "../../src/session/session.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

describe("Model and store", () => {
  let folder: string;
  let host: LazyReadingHost;
  /** Lets the idle time pass. */
  let passIdleTime: () => void;
  let restarts: number;
  const notices: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "idiolect-host-"));
    writeTinyModel(join(folder, "model"));
    restarts = 0;
    host = new LazyReadingHost({
      places: () => ({
        storePath: join(folder, "store"),
        modelPath: join(folder, "model"),
        cachePath: join(folder, "cache"),
      }),
      turns: new Turns(),
      tell: ({ message }) => notices.push(inEnglish(message)),
      startIdleTimer: (_, onIdle) => {
        passIdleTime = onIdle;
        return { restart: () => void restarts++, stop: () => undefined };
      },
    });
  });
  afterEach(async () => {
    await host.dispose();
    rmSync(folder, { recursive: true });
  });

  it("are told of where unpacked weights were damaged, and read as before", async () => {
    const vector = () =>
      read(async ({ encoder }) => (await encoder.read([{ ids: Uint16Array.of(2, 7, 3) }]))[0]!.vector);
    const before = await vector();
    await host.release();
    const [name] = readdirSync(join(folder, "cache"));
    writeFileSync(join(folder, "cache", name!, "weights.record"), "half");
    expect(await vector()).toEqual(before);
    expect(notices).toContainEqual(expect.stringMatching(/unpacked weights in .* were damaged/));
  });

  it("are opened on first use, the model once for all that come together", async () => {
    expect(host.isModelOpen).toBe(false);

    const [a, b] = await Promise.all([read(({ encoder }) => encoder), read(({ encoder }) => encoder)]);

    expect(a).toBe(b);
    expect(host.isModelOpen).toBe(true);
  });

  it("are asked for by somebody, but not by work in the background", async () => {
    let asked = 0;
    host.onAsked(() => asked++);
    await host.read("background", CancellationToken.None, async () => undefined);
    expect(asked).toBe(0);

    await host.read("hover", CancellationToken.None, async () => undefined);

    expect(asked).toBe(1);
  });

  it("are asked for when somebody comes to wait for work that was in the background", async () => {
    let asked = 0;
    host.onAsked(() => asked++);
    const task = new SharedTask((urgency, token) => host.read(urgency, token, async () => "read"));
    const background = task.join("background", CancellationToken.None);
    expect(asked).toBe(0);

    expect(await task.join("command", CancellationToken.None)).toBe("read");

    expect(asked).toBeGreaterThanOrEqual(1);
    await background;
  });

  it("are given back after idle time, and opened again when they are needed", async () => {
    const before = await read(({ encoder }) => encoder);
    const store = host.store();
    passIdleTime();
    expect(host.isModelOpen).toBe(false);

    const after = await read(({ encoder }) => encoder);

    expect(after).not.toBe(before);
    expect(host.store()).not.toBe(store);
  });

  it("are read by nobody who has given up while the model was opened", async () => {
    const asked = new CancellationTokenSource();
    let isRead = false;
    const reading = host.read("hover", asked.token, async () => {
      isRead = true;
    });
    while (!host.isModelOpen) await new Promise((resolve) => setImmediate(resolve));
    asked.cancel();
    await expect(reading).rejects.toThrow();
    expect(isRead).toBe(false);
  });

  it("are kept while a task is at work", async () => {
    await read(() => {
      passIdleTime();
      expect(host.isModelOpen).toBe(true);
    });

    expect(restarts).toBeGreaterThanOrEqual(2);
  });

  it("are opened anew where the file was erased by another process", async () => {
    const writer = host.store().writers.ensure("Ann");
    rmSync(join(folder, "store"), { recursive: true });

    expect(host.writerOf("/notes/a.md")).toBeUndefined();
    expect(host.store().writers.list()).toEqual([]);
    expect(writer.name).toBe("Ann");
  });

  it("are asked for again after a failure to open", async () => {
    rmSync(join(folder, "model"), { recursive: true });
    await expect(read(() => undefined)).rejects.toThrow();
    writeTinyModel(join(folder, "model"));

    expect(await read(() => "read")).toBe("read");
  });

  function read<T>(task: (session: ReadingSession) => T): Promise<T> {
    return host.read("command", CancellationToken.None, async (session) => task(session));
  }
});
