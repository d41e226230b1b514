import * as vscode from "vscode";
import { type LearningStatus, notifications, requests } from "../protocol/editor-messages.ts";
import { contextKeys } from "./context-keys.ts";
import type { EditorFlags } from "./editor-flags.ts";
import type { ServerLink } from "./server-link.ts";

/** The latest that the server said about learning. Goes on with a run that this editor began and something cut short. */
export class LearningState implements vscode.Disposable {
  readonly #server: ServerLink;
  readonly #flags: EditorFlags;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<LearningStatus>();
  #status: LearningStatus | undefined;

  readonly onChanged = this.#changed.event;

  constructor(server: ServerLink, flags: EditorFlags, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#flags = flags;
    this.#log = log;
    server.onNotification(notifications.status, (status) => this.update(status));
    server.onStateChanged(({ kind }) => {
      if (kind === "running") {
        this.#askAnew().catch((cause) => this.#log.warn(`The state of learning is unknown: ${cause}`));
      }
    });
  }

  /** Undefined before the server has run. */
  get status(): LearningStatus | undefined {
    return this.#status;
  }

  update(status: LearningStatus): void {
    const isNews = this.#status?.kind !== status.kind;
    this.#status = status;
    if (isNews) {
      void vscode.commands.executeCommand("setContext", contextKeys.learning, status.kind);
      if (status.kind === "idle") {
        void this.#flags.setGoesOn(false);
      }
    }
    this.#changed.fire(status);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #askAnew(): Promise<void> {
    this.update(await this.#server.send(requests.status, {}));
    if (this.#status?.kind === "paused" && this.#flags.goesOn) {
      await this.#server.send(requests.resume, {});
    }
  }
}
