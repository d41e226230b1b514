import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { requests, type ServerFigures } from "../../src/protocol/requests.ts";

const quiet = ["--disable-warning=ExperimentalWarning"];

describe("The process of the server", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-process-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("serves over IPC, and ends when the editor goes away", async () => {
    const server = fork(resolve("src/server/main.ts"), ["--node-ipc"], { execArgv: quiet });
    const { figures } = await talk(new IPCMessageReader(server), new IPCMessageWriter(server));
    server.disconnect();
    const [code] = await once(server, "exit");

    expect(figures.processId).toBe(server.pid);
    expect(figures.processorMs).toBeGreaterThan(10);
    expect(figures.peakMemoryBytes).toBeGreaterThan(30e6);
    expect(code).toBe(0);
  });

  it("serves over standard input and output, and ends with them", async () => {
    const words = ["lsp", "--stdio", "--store", join(folder, "store")];
    const server = spawn(process.execPath, [...quiet, resolve("src/cli/main.ts"), ...words], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const { figures, hover } = await talk(
      new StreamMessageReader(server.stdout!),
      new StreamMessageWriter(server.stdin!),
    );
    server.stdin!.end();
    await once(server, "exit");

    expect(figures.processId).toBe(server.pid);
    expect(hover).toBe(true);
  });

  async function talk(reader: MessageReader, writer: MessageWriter) {
    const client = createProtocolConnection(reader, writer);
    client.listen();
    const initialize = { processId: process.pid, rootUri: null, capabilities: {} };
    const { capabilities } = await client.sendRequest<{ capabilities: { hoverProvider?: boolean } }>(
      "initialize",
      initialize,
    );
    await client.sendNotification("initialized", {});
    const figures = await client.sendRequest<ServerFigures>(requests.figures.method, {});
    client.dispose();
    return { figures, hover: capabilities.hoverProvider };
  }
});
