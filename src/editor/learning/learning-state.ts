import * as vscode from "vscode";
import { type LearningStatus, pauseReasons } from "../../protocol/learning-status.ts";
import { notifications, requests } from "../../protocol/requests.ts";
import { RestartLimit, restartLimits } from "../../protocol/restart-limit.ts";
import type { ServerLink } from "../client/server-link.ts";
import { contextKeys } from "../command-names.ts";

/** The latest that the server said about learning. Goes on with a run that something cut short. */
export class LearningState implements vscode.Disposable {
  readonly #server: ServerLink;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<LearningStatus>();
  readonly #limit = new RestartLimit(restartLimits.server, () => performance.now());
  #status: LearningStatus | undefined;

  readonly onChanged = this.#changed.event;

  constructor(server: ServerLink, log: vscode.LogOutputChannel) {
    this.#server = server;
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
    if (this.#status?.kind !== status.kind) {
      void vscode.commands.executeCommand("setContext", contextKeys.learning, status.kind);
    }
    this.#status = status;
    this.#changed.fire(status);
    const isCutShort = status.kind === "paused" && status.reason === pauseReasons.cutShort;
    if (isCutShort && this.#limit.allowsAnother()) {
      this.#server
        .send(requests.resume, {})
        .catch((cause) => this.#log.warn(`Learning did not go on: ${cause}`));
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #askAnew(): Promise<void> {
    this.update(await this.#server.send(requests.status, {}));
  }
}
