import { EventEmitter, type Uri } from "./values.ts";

/** A panel with a page in it. */
export class WebviewPanel {
  title: string;
  isDisposed = false;
  readonly posted: unknown[] = [];
  readonly #received = new EventEmitter<unknown>();
  readonly #disposed = new EventEmitter<void>();
  readonly onDidDispose = this.#disposed.event;
  readonly webview = {
    html: "",
    cspSource: "self",
    asWebviewUri: (uri: Uri): Uri => uri,
    onDidReceiveMessage: this.#received.event,
    postMessage: async (message: unknown): Promise<boolean> => {
      this.posted.push(message);
      return true;
    },
  };

  constructor(title: string) {
    this.title = title;
  }

  reveal(): void {}

  /** The page tells something. */
  tell(message: unknown): void {
    this.#received.fire(message);
  }

  dispose(): void {
    this.isDisposed = true;
    this.#disposed.fire();
  }
}

/** An item of the status bar. */
export class StatusBarItem {
  text = "";
  tooltip: unknown;
  isShown = false;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
  }

  dispose(): void {
    this.hide();
  }
}
