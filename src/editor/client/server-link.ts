import { isBuiltin } from "node:module";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type NotificationName, notifications, type RequestName } from "../../protocol/requests.ts";
import { RestartLimit, restartLimits } from "../../protocol/restart-limit.ts";
import type { EditorSettings } from "../../protocol/settings.ts";
import { ServerGoneError } from "../errors.ts";

export type ServerState =
  /** Nothing asked for it yet. */
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | { readonly kind: "running" }
  /** Ended too often, or could not start. It waits for the user. */
  | { readonly kind: "gone"; readonly reason: string; readonly advice: string };

/** Makes a client that is not started yet; loads the library, so it is only called when it is wanted. */
export type ClientFactory = (hooks: {
  /** After an unwanted end. True: start again. */
  readonly mayRestart: () => boolean;
  readonly startFailed: (cause: unknown) => void;
}) => Promise<LanguageClient>;

interface Received {
  readonly method: string;
  readonly parameters: unknown;
}

/** The one way from the editor to the server: starts it when it is needed, and again when it has crashed. */
export class ServerLink implements vscode.Disposable {
  readonly #makeClient: ClientFactory;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<ServerState>();
  readonly #limit = new RestartLimit(restartLimits.server, () => performance.now());
  readonly #received = new vscode.EventEmitter<Received>();
  #state: ServerState = { kind: "off" };
  #client: Promise<LanguageClient> | undefined;
  /** Counts clients, so that one that ends late says nothing about the next. */
  #generation = 0;
  /** While one server ends and the next begins; whoever asks again meanwhile gets the same. */
  #restarting: Promise<void> | undefined;

  readonly onStateChanged = this.#changed.event;

  constructor(makeClient: ClientFactory, log: vscode.LogOutputChannel) {
    this.#makeClient = makeClient;
    this.#log = log;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server unless it runs, starts, or is gone for good. */
  start(): void {
    if (this.#client === undefined && this.#state.kind === "off") {
      const generation = ++this.#generation;
      const client = this.#startClient(generation);
      this.#client = client;
      // Where not even the client's library loads, nobody is to wait for a server.
      client.catch((cause) => this.#startFailed(cause, generation));
    }
  }

  /** Asks the server, waiting until it runs. Throws `ServerGoneError` where it does not come. */
  async send<Parameters, Answer>(
    request: RequestName<Parameters, Answer>,
    parameters: Parameters,
    token?: vscode.CancellationToken,
  ): Promise<Answer> {
    this.start();
    const client = await this.#runningClient();
    // A token that is undefined would be sent as a second parameter.
    return token === undefined
      ? client.sendRequest<Answer>(request.method, parameters)
      : client.sendRequest<Answer>(request.method, parameters, token);
  }

  /** From now on, over restarts too. */
  onNotification<Parameters>(
    name: NotificationName<Parameters>,
    take: (parameters: Parameters) => void,
  ): void {
    this.#received.event(({ method, parameters }) => {
      if (method === name.method) {
        take(parameters as Parameters);
      }
    });
  }

  /** Tells new settings to a server that runs; one that starts later asks for them itself. */
  async changeSettings(settings: EditorSettings): Promise<void> {
    if (this.#state.kind === "running") {
      await (await this.#client)?.sendNotification("workspace/didChangeConfiguration", { settings });
    }
  }

  /** Ends the server, if there is one, and starts a fresh one with the settings of now. */
  restart(): Promise<void> {
    this.#restarting ??= this.#startAnew().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async #startAnew(): Promise<void> {
    await this.#stop();
    this.#limit.forget();
    this.start();
  }

  async dispose(): Promise<void> {
    await this.#restarting;
    await this.#stop();
    this.#changed.dispose();
    this.#received.dispose();
  }

  async #startClient(generation: number): Promise<LanguageClient> {
    this.#become({ kind: "starting" });
    if (!isBuiltin("node:sqlite")) {
      this.#giveUp(
        vscode.l10n.t("Idiolect needs a newer Visual Studio Code."),
        vscode.l10n.t("Update the editor; over SSH or in a container, update its server there."),
      );
      throw this.#goneError();
    }
    const isCurrent = () => generation === this.#generation;
    const startFailed = (cause: unknown) => this.#startFailed(cause, generation);
    const client = await this.#makeClient({
      mayRestart: () => isCurrent() && this.#mayRestart(),
      startFailed,
    });
    for (const { method } of Object.values(notifications)) {
      client.onNotification(method, (parameters: unknown) => this.#received.fire({ method, parameters }));
    }
    client.onDidChangeState(() => {
      if (isCurrent() && client.isRunning()) {
        this.#become({ kind: "running" });
      }
    });
    if (isCurrent()) {
      client.start().catch(startFailed);
    }
    return client;
  }

  /** Starts the server if need be. Throws `ServerGoneError` where it does not come. */
  async whenRunning(): Promise<void> {
    this.start();
    await this.#runningClient();
  }

  async #runningClient(): Promise<LanguageClient> {
    if (this.#state.kind === "off" || this.#state.kind === "starting") {
      await new Promise<void>((resolve) => {
        const listening = this.onStateChanged(({ kind }) => {
          if (kind === "running" || kind === "gone") {
            listening.dispose();
            resolve();
          }
        });
      });
    }
    const client = await this.#client;
    if (client === undefined || this.#state.kind === "gone") {
      throw this.#goneError();
    }
    return client;
  }

  #mayRestart(): boolean {
    if (this.#limit.allowsAnother()) {
      this.#log.warn("The reader has ended unexpectedly and starts again.");
      this.#become({ kind: "starting" });
      return true;
    }
    this.#giveUp(
      vscode.l10n.t("Idiolect's reader has stopped unexpectedly five times in three minutes."),
      vscode.l10n.t("Restart it; if that does not help, see the log."),
    );
    return false;
  }

  /** The server refused to start; one that died while it started is `mayRestart`'s. */
  #startFailed(cause: unknown, generation: number): void {
    const isCurrent = generation === this.#generation;
    if (!isCurrent || this.#state.kind !== "starting" || isLostConnection(cause)) {
      return;
    }
    this.#log.error("The reader could not start.", cause instanceof Error ? cause : String(cause));
    this.#giveUp(
      vscode.l10n.t("Idiolect's reader could not start."),
      vscode.l10n.t("See the log, then restart it."),
    );
  }

  #giveUp(reason: string, advice: string): void {
    this.#become({ kind: "gone", reason, advice });
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#changed.fire(state);
  }

  #goneError(): ServerGoneError {
    return this.#state.kind === "gone"
      ? new ServerGoneError(this.#state.reason, this.#state.advice)
      : new ServerGoneError(vscode.l10n.t("Idiolect's reader is shutting down."), "");
  }

  async #stop(): Promise<void> {
    // From here on the client says nothing of the state any more, and starts no server again.
    this.#generation++;
    this.#state = { kind: "off" };
    const client = await this.#client?.catch(() => undefined);
    if (client !== undefined) {
      await settled(client);
      await client.dispose().catch((cause) => this.#log.warn(`The reader did not end cleanly: ${cause}`));
    }
    this.#client = undefined;
  }
}

/** Longer than any start; a server that hangs there is given up. */
const patienceMs = 20_000;

/** A client that is starting cannot be stopped: its server would stay behind. Resolves once it runs or has failed. */
async function settled(client: LanguageClient): Promise<void> {
  const isStarting = () => client.needsStop() && !client.isRunning();
  if (!isStarting()) {
    return;
  }
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, patienceMs);
    const listening = client.onDidChangeState(() => {
      if (!isStarting()) {
        clearTimeout(limit);
        listening.dispose();
        resolve();
      }
    });
  });
}

/** The connection broke before the answer to `initialize`. */
function isLostConnection(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "number" && code >= -32099 && code <= -32096;
}
