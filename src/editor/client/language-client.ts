import type * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import { editorCommands } from "../../protocol/commands.ts";
import type { InitializationOptions } from "../../protocol/settings.ts";
import { proseSelector } from "./prose.ts";
import type { ClientFactory } from "./server-link.ts";
import { serverProcess } from "./server-process.ts";

interface ClientParts {
  readonly serverPath: string;
  readonly log: vscode.LogOutputChannel;
  readonly initializationOptions: () => InitializationOptions;
  /** A hover that is shown instead of the server's at this place. */
  readonly hoverInstead: (
    document: vscode.TextDocument,
    position: vscode.Position,
  ) => vscode.Hover | undefined;
}

type Hooks = Parameters<ClientFactory>[0];

/** The language client of the server in `serverPath`, not started yet. */
export function createLanguageClient(parts: ClientParts, hooks: Hooks): LanguageClient {
  const server = {
    module: parts.serverPath,
    transport: TransportKind.ipc,
    options: serverProcess,
  };
  return new QuietClient("idiolect", "Idiolect", { run: server, debug: server }, clientOptions(parts, hooks));
}

function clientOptions(parts: ClientParts, { mayRestart, startFailed }: Hooks): LanguageClientOptions {
  return {
    documentSelector: proseSelector,
    outputChannel: parts.log,
    traceOutputChannel: parts.log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: parts.initializationOptions,
    initializationFailedHandler: (cause) => {
      startFailed(cause);
      return false;
    },
    // Hovers quote documents, which may be hostile: these commands and no others, and no HTML.
    markdown: { isTrusted: { enabledCommands: Object.values(editorCommands) }, supportHtml: false },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({
        action: mayRestart() ? CloseAction.Restart : CloseAction.DoNotRestart,
        handled: true,
      }),
    },
    middleware: {
      provideHover: (document, position, token, next) =>
        parts.hoverInstead(document, position) ?? next(document, position, token),
    },
  };
}

/** The library shows a message of its own for each failure; ours are told once, by the surface that failed. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }

  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }
}
