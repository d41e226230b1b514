import { basename } from "node:path";
import type { WorkDoneProgressServerReporter } from "vscode-languageserver/node";
import type { OpenDocument, ServerContext } from "../context.ts";
import { t } from "../language.ts";

/** Shows how far the reading of a document is, in editors that can, from the first time on that it is told. */
export class ReadingProgress {
  readonly #context: Pick<ServerContext, "connection" | "client">;
  readonly #title: string;
  #shown: Promise<WorkDoneProgressServerReporter> | undefined;
  #percent = 0;

  constructor(context: Pick<ServerContext, "connection" | "client">, { path }: Pick<OpenDocument, "path">) {
    this.#context = context;
    this.#title = t("Reading {0}", basename(path));
  }

  /** @param share from 0 to 1 */
  tell(share: number): void {
    if (!this.#context.client().showsProgress) return;
    const percent = Math.floor(100 * share);
    if (this.#shown === undefined) {
      this.#shown = this.#context.connection.window.createWorkDoneProgress();
      this.#whenShown((progress) => progress.begin(this.#title, percent));
    } else if (percent > this.#percent) this.#whenShown((progress) => progress.report(percent));
    this.#percent = percent;
  }

  end(): void {
    this.#whenShown((progress) => progress.done());
  }

  #whenShown(use: (progress: WorkDoneProgressServerReporter) => void): void {
    // An editor that shows none after all is no failure of the reading.
    this.#shown?.then(use).catch(() => undefined);
  }
}
