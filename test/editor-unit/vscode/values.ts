/* Values of the `vscode` module that show nothing. */

export class Disposable {
  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) {
        part.dispose();
      }
    });
  }

  readonly #end: () => unknown;

  constructor(end: () => unknown) {
    this.#end = end;
  }

  dispose(): void {
    this.#end();
  }
}

export class EventEmitter<Value> {
  readonly #listeners = new Set<(value: Value) => unknown>();

  readonly event = (listener: (value: Value) => unknown): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: Value): void {
    for (const listener of [...this.#listeners]) {
      listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class CancellationTokenSource {
  readonly #cancelled = new EventEmitter<void>();
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: this.#cancelled.event,
  };

  cancel(): void {
    if (!this.token.isCancellationRequested) {
      this.token.isCancellationRequested = true;
      this.#cancelled.fire();
    }
  }

  dispose(): void {
    this.#cancelled.dispose();
  }
}

export class Uri {
  static file(path: string): Uri {
    return new Uri("file", path);
  }

  static joinPath({ scheme, path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri(scheme, [path, ...parts].join("/"));
  }

  static parse(value: string): Uri {
    const at = value.indexOf(":");
    return new Uri(value.slice(0, at), value.slice(at + 1).replace(/^\/\//, ""));
  }

  readonly scheme: string;
  readonly path: string;

  constructor(scheme: string, path: string) {
    this.scheme = scheme;
    this.path = path;
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.path}`;
  }
}

interface Position {
  readonly line: number;
  readonly character: number;
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = { line: startLine, character: startCharacter };
    this.end = { line: endLine, character: endCharacter };
  }
}

/** Replacements of text, kept until the edit is applied. */
export class WorkspaceEdit {
  readonly replaced: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.replaced.push({ uri, range, text });
  }
}

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;

export const StatusBarAlignment = { Left: 1, Right: 2 } as const;

export const ViewColumn = { Active: -1, Beside: -2, One: 1 } as const;
