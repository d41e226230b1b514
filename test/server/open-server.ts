import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  type CancellationToken,
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { type NotificationName, notifications, type RequestName } from "../../src/protocol/requests.ts";
import type { ServerSettings } from "../../src/protocol/settings.ts";
import { startServer } from "../../src/server/server.ts";
import { defaultSettings } from "../../src/server/settings.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

export interface OpenServerOptions {
  /** Absent: a new temporary folder, erased on close. */
  readonly storePath?: string;
  /** Absent: the tiny model. */
  readonly modelPath?: string;
  readonly settings?: Partial<ServerSettings>;
  /** Laid over what an editor sends with `initialize`; initialization options over those. */
  readonly client?: Readonly<Record<string, unknown>>;
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
}

/** What any editor shows its user. */
export const messages: NotificationName<{ readonly type: number; readonly message: string }> = {
  method: "window/showMessage",
};

/** How far long work is, as any editor shows it. */
export const progress: NotificationName<{
  readonly token: string;
  readonly value: {
    readonly kind: "begin" | "report" | "end";
    readonly title?: string;
    readonly percentage?: number;
  };
}> = { method: "$/progress" };

/** Marks under a text, as editors show faults. */
export const diagnostics: NotificationName<{ readonly diagnostics: readonly unknown[] }> = {
  method: "textDocument/publishDiagnostics",
};

/** An editor's side of a real server in this process, over real streams. */
export class OpenServer {
  readonly folder: string;
  readonly storePath: string;
  readonly modelPath: string;
  /** All lines for the editor's log, oldest first. */
  readonly logged: string[] = [];
  /** Everything that the server has told so far, oldest first. */
  readonly told: { readonly method: string; readonly parameters: unknown }[] = [];
  /** What the server said of itself. */
  initialized!: InitializeResult;
  readonly #client: ReturnType<typeof createProtocolConnection>;
  readonly #end: () => void;
  readonly #listeners = new Set<() => void>();
  #version = 1;

  private constructor(
    folder: string,
    options: OpenServerOptions,
    client: ReturnType<typeof createProtocolConnection>,
    end: () => void,
  ) {
    this.folder = folder;
    this.storePath = options.storePath ?? join(folder, "store");
    this.modelPath = options.modelPath ?? join(folder, "model");
    this.#client = client;
    this.#end = end;
  }

  static async open(options: OpenServerOptions = {}): Promise<OpenServer> {
    const folder = mkdtempSync(join(tmpdir(), "idiolect-server-"));
    if (options.modelPath === undefined) writeTinyModel(join(folder, "model"));
    const [up, down] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(up),
      new StreamMessageWriter(down),
    );
    // A test may forget everything: the unpacked models of this machine are not its own.
    startServer(connection, options.modelPath === undefined ? { cachePath: join(folder, "cache") } : {});
    connection.listen();
    const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const server = new OpenServer(folder, options, client, () => connection.dispose());
    for (const { method } of [...Object.values(notifications), messages, progress, diagnostics]) {
      client.onNotification(method, (parameters: unknown) => server.#hear(method, parameters));
    }
    client.onNotification("window/logMessage", ({ message }: { readonly message: string }) => {
      server.logged.push(message);
    });
    for (const method of [
      "client/registerCapability",
      "client/unregisterCapability",
      "window/workDoneProgress/create",
    ]) {
      client.onRequest(method, (parameters: unknown) => {
        server.#hear(method, parameters);
        return null;
      });
    }
    client.listen();
    server.initialized = (await server.send("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {},
      ...options.client,
      initializationOptions: {
        storePath: server.storePath,
        modelPath: server.modelPath,
        settings: { ...defaultSettings, ...options.settings },
        runsCommands: true,
        hearsNotifications: true,
        ...options.initializationOptions,
      },
    })) as InitializeResult;
    await client.sendNotification("initialized", {});
    return server;
  }

  /** One of our own requests. */
  request<Parameters, Answer>(
    { method }: RequestName<Parameters, Answer>,
    parameters: Parameters,
    token?: CancellationToken,
  ): Promise<Answer> {
    return this.send(method, parameters, token) as Promise<Answer>;
  }

  /** One of the Language Server Protocol's, by its method. */
  send(method: string, parameters: unknown, token?: CancellationToken): Promise<unknown> {
    return token === undefined
      ? this.#client.sendRequest(method, parameters)
      : this.#client.sendRequest(method, parameters, token);
  }

  get hasStore(): boolean {
    return existsSync(this.storePath);
  }

  async setSettings(settings: Partial<ServerSettings>): Promise<void> {
    await this.notify("workspace/didChangeConfiguration", { settings: { ...defaultSettings, ...settings } });
  }

  /** One of the Language Server Protocol's notifications, by its method. */
  notify(method: string, parameters: unknown): Promise<void> {
    return this.#client.sendNotification(method, parameters);
  }

  /** Opens a document by the name or absolute path of its file (it need not exist) and gives its URI. */
  async openDocument(name: string, text: string, version = this.#version++): Promise<string> {
    const uri = pathToFileURL(name.startsWith("/") ? name : join(this.folder, name)).href;
    await this.#client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: name.endsWith(".txt") ? "plaintext" : "markdown", version, text },
    });
    return uri;
  }

  /** Replaces the whole text and gives the new version. */
  async changeDocument(uri: string, text: string): Promise<number> {
    const version = this.#version++;
    await this.#client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    return version;
  }

  async closeDocument(uri: string): Promise<void> {
    await this.#client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** Waits until the server has told something that fits, also before this call, and gives it. */
  async hears<Parameters>(
    { method }: NotificationName<Parameters>,
    fits: (parameters: Parameters) => boolean = () => true,
  ): Promise<Parameters> {
    for (;;) {
      const found = this.told.find((one) => one.method === method && fits(one.parameters as Parameters));
      if (found !== undefined) return found.parameters as Parameters;
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
  }

  async close(): Promise<void> {
    await this.send("shutdown", undefined);
    this.#client.dispose();
    this.#end();
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true });
  }

  #hear(method: string, parameters: unknown): void {
    this.told.push({ method, parameters });
    for (const listener of this.#listeners) listener();
  }
}
