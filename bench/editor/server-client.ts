import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import { serverProcess } from "../../src/editor/client/server-process.ts";
import type { LearningStatus } from "../../src/protocol/learning-status.ts";
import type { RequestName } from "../../src/protocol/requests.ts";
import { notifications } from "../../src/protocol/requests.ts";
import type { InitializationOptions } from "../../src/protocol/settings.ts";
import { defaultSettings } from "../../src/server/settings.ts";

/** The installed server, started and spoken to as the language client does. */
export class ServerClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly #statuses = new Set<(status: LearningStatus) => void>();

  private constructor(child: ChildProcess) {
    this.process = child;
    this.connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    this.connection.onNotification(notifications.status.method, (status: LearningStatus) => {
      for (const listener of this.#statuses) listener(status);
    });
    this.connection.listen();
  }

  /**
   * @param extension the folder of the installed extension
   * @param added beside what the editor gives the process
   */
  static async start(
    extension: string,
    storePath: string,
    added: { readonly execArgv: readonly string[]; readonly env: object } = { execArgv: [], env: {} },
  ): Promise<ServerClient> {
    const child = fork(join(extension, "dist", "server.js"), ["--node-ipc"], {
      execArgv: [...serverProcess.execArgv, ...added.execArgv],
      env: { ...process.env, ...serverProcess.env, ...added.env },
    });
    const client = new ServerClient(child);
    const initializationOptions: InitializationOptions = {
      storePath,
      settings: defaultSettings,
      runsCommands: true,
      hearsNotifications: true,
    };
    await client.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions,
    });
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  async ask<Parameters, Answer>(
    { method }: RequestName<Parameters, Answer>,
    parameters: Parameters,
  ): Promise<Answer> {
    return await this.connection.sendRequest(method, parameters);
  }

  async openDocument(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: "markdown", version: 1, text };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces the whole text. */
  async changeDocument(uri: string, version: number, text: string): Promise<void> {
    const textDocument = { uri, version };
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument,
      contentChanges: [{ text }],
    });
  }

  /** Resolves with the first status that is as wanted. */
  status(isWanted: (status: LearningStatus) => boolean): Promise<LearningStatus> {
    return new Promise((resolve) => {
      const listener = (status: LearningStatus): void => {
        if (isWanted(status)) {
          this.#statuses.delete(listener);
          resolve(status);
        }
      };
      this.#statuses.add(listener);
    });
  }

  async stop(): Promise<void> {
    const gone = once(this.process, "exit");
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await gone;
  }
}
