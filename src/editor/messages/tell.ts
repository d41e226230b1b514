import * as vscode from "vscode";
import type { ServerLink } from "../client/server-link.ts";
import { commandNames } from "../command-names.ts";
import { describeFailure } from "./failure-text.ts";
import { safeText } from "./safe-text.ts";
import { t } from "./t.ts";

/** Something that a message offers to do. */
export interface Offer {
  readonly title: string;
  readonly run: () => unknown;
}

/**
 * Tells of a failure once, with advice and what can be done. One that nobody has advice for is logged with
 * its cause. Cancellations are silent.
 */
export async function tellFailure(
  cause: unknown,
  log: vscode.LogOutputChannel,
  ...offers: readonly Offer[]
): Promise<void> {
  const failure = describeFailure(cause, t);
  if (failure !== undefined) {
    if (failure.advice === "" && cause instanceof Error) {
      log.error(cause);
    } else {
      log.warn(`A command failed (${nameOf(cause)}): ${failure.english}`);
    }
    await tellWarning(failure.message, failure.advice, ...offers);
  }
}

/** Errors of the server say their name in their data. */
function nameOf(cause: unknown): string {
  const { name, data } = (cause ?? {}) as {
    readonly name?: unknown;
    readonly data?: { readonly name?: unknown };
  };
  return String(data?.name ?? name ?? "Error");
}

export async function tellWarning(
  message: string,
  advice: string,
  ...offers: readonly Offer[]
): Promise<void> {
  await follow(
    vscode.window.showWarningMessage(joined(message, advice), ...offers.map(({ title }) => title)),
    offers,
  );
}

export async function tell(message: string, advice: string, ...offers: readonly Offer[]): Promise<void> {
  await follow(
    vscode.window.showInformationMessage(joined(message, advice), ...offers.map(({ title }) => title)),
    offers,
  );
}

async function follow(chosen: Thenable<string | undefined>, offers: readonly Offer[]): Promise<void> {
  const title = await chosen;
  await offers.find((offer) => offer.title === title)?.run();
}

/** Two sentences in one line; the first gets its full stop if it has none. Nothing quoted in them can be clicked. */
function joined(message: string, advice: string): string {
  const sentence = advice === "" || /[.!?…]$/.test(message) ? message : `${message}.`;
  return safeText(`${sentence} ${advice}`, mostCharacters);
}

const mostCharacters = 600;

export function offerLog(log: vscode.LogOutputChannel): Offer {
  return { title: vscode.l10n.t("Show Log"), run: () => log.show() };
}

export function offersWhenGone(log: vscode.LogOutputChannel): readonly Offer[] {
  const restart = () => vscode.commands.executeCommand(commandNames.restart);
  return [{ title: vscode.l10n.t("Restart"), run: restart }, offerLog(log)];
}

/** One message when the server has gone for good, with what can be done. */
export function tellWhenGone(server: ServerLink, log: vscode.LogOutputChannel): vscode.Disposable {
  return server.onStateChanged((state) => {
    if (state.kind === "gone") {
      void tellWarning(state.reason, state.advice, ...offersWhenGone(log));
    }
  });
}
