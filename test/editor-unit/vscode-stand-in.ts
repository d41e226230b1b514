/*
 * The part of the `vscode` module that the tested files use, where there is no editor: `vitest.config.ts`
 * puts it in the module's place. It shows nothing; what would be shown is kept in `stage` and a test acts on it.
 */

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

/** A list at the top of the window, with what a person does in it. */
export class QuickPick<Item> {
  title: string | undefined;
  placeholder: string | undefined;
  busy = false;
  ignoreFocusOut = false;
  matchOnDescription = false;
  activeItems: readonly Item[] = [];
  isShown = false;
  selectedItems: readonly Item[] = [];
  #items: readonly Item[] = [];
  readonly #accepted = new EventEmitter<void>();
  readonly #selected = new EventEmitter<readonly Item[]>();
  readonly #hidden = new EventEmitter<void>();
  readonly #pressed = new EventEmitter<{ readonly item: Item; readonly button: unknown }>();

  readonly onDidAccept = this.#accepted.event;
  readonly onDidChangeSelection = this.#selected.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerItemButton = this.#pressed.event;

  get items(): readonly Item[] {
    return this.#items;
  }

  set items(items: readonly Item[]) {
    this.#items = items;
    this.selectedItems = this.selectedItems.filter((item) => items.includes(item));
  }

  /** As in the editor, one quick input takes the place of the other. */
  show(): void {
    stage.takeQuickInput(() => this.hide());
    this.isShown = true;
    stage.list = this as QuickPick<unknown>;
  }

  hide(): void {
    if (this.isShown) {
      this.isShown = false;
      this.#hidden.fire();
    }
  }

  dispose(): void {
    this.hide();
  }

  /** A person presses Enter or OK. */
  accept(): void {
    this.#accepted.fire();
  }

  /** A person picks these, and no others. */
  pick(fits: (item: Item) => boolean): void {
    this.selectedItems = this.#items.filter(fits);
    this.#selected.fire(this.selectedItems);
  }

  /** A person presses a button of an item. */
  press(item: Item, button: unknown): void {
    this.#pressed.fire({ item, button });
  }
}

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

export const ViewColumn = { Active: -1, Beside: -2, One: 1 } as const;

interface FakeDocument {
  readonly uri: Uri;
  readonly languageId: string;
  readonly isClosed: boolean;
  readonly version: number;
}

/** A document that is open, in Markdown. */
export function openDocument(path: string): { -readonly [Key in keyof FakeDocument]: FakeDocument[Key] } {
  return { uri: Uri.file(path), languageId: "markdown", isClosed: false, version: 1 };
}

interface SetSetting {
  readonly name: string;
  readonly value: unknown;
  readonly folder?: string;
  readonly languageId?: string;
}

type ConfigurationScope = Uri | { readonly uri?: Uri; readonly languageId?: string };

/** What the editor shows and holds; a test sets it up, acts on it and looks at it. */
class Stage {
  list: QuickPick<unknown> | undefined;
  folders: readonly Uri[] = [];
  documents: readonly FakeDocument[] = [];
  /** The document in front. */
  active: FakeDocument | undefined;
  /** What is selected in it. */
  selection: Pick<Range, "start" | "end"> = new Range(0, 0, 0, 0);
  /** Replacements that were applied, oldest first. */
  edits: WorkspaceEdit["replaced"] = [];
  panels: WebviewPanel[] = [];
  statusItems: StatusBarItem[] = [];
  /** Settings by their full names; of a folder where `folder` names one. */
  settings: readonly SetSetting[] = [];
  /** Texts of all messages so far, oldest first. */
  messages: string[] = [];
  /** What a person answers to a message: the title of a button. */
  answerMessage: (text: string, buttons: readonly string[]) => string | undefined = () => undefined;
  /** What a person picks from a list that the editor makes. */
  answerPick: (labels: readonly string[]) => string | undefined = () => undefined;
  /** What a person chooses in the dialog for folders. */
  answerDialog: () => Promise<readonly Uri[] | undefined> = async () => undefined;
  /** Calls of `executeCommand`, oldest first. */
  executed: (readonly unknown[])[] = [];
  readonly opened = new EventEmitter<FakeDocument>();
  readonly closed = new EventEmitter<FakeDocument>();
  readonly changed = new EventEmitter<{
    readonly document: FakeDocument;
    readonly contentChanges: readonly unknown[];
  }>();
  /** Names of settings that change. */
  readonly configured = new EventEmitter<{ readonly affectsConfiguration: (name: string) => boolean }>();
  readonly foldersChanged = new EventEmitter<unknown>();
  /** Another document came to the front. */
  readonly activated = new EventEmitter<unknown>();
  readonly renamed = new EventEmitter<{
    readonly files: readonly { readonly oldUri: Uri; readonly newUri: Uri }[];
  }>();
  #hideQuickInput: (() => void) | undefined;

  takeQuickInput(hide: (() => void) | undefined): void {
    const former = this.#hideQuickInput;
    this.#hideQuickInput = undefined;
    former?.();
    this.#hideQuickInput = hide;
  }

  /** A person sets something; of a folder where `folder` names one, and of a language where one is named. */
  configure(name: string, value: unknown, folder?: string, languageId?: string): void {
    const isSame = (one: SetSetting) =>
      one.name === name && one.folder === folder && one.languageId === languageId;
    const others = this.settings.filter((one) => !isSame(one));
    const place = {
      ...(folder === undefined ? {} : { folder }),
      ...(languageId === undefined ? {} : { languageId }),
    };
    this.settings = [...others, { name, value, ...place }];
    this.configured.fire({ affectsConfiguration: (asked) => asked === name });
  }

  clear(): void {
    this.takeQuickInput(undefined);
    this.list = undefined;
    this.folders = [];
    this.documents = [];
    this.active = undefined;
    this.selection = new Range(0, 0, 0, 0);
    this.edits = [];
    this.panels = [];
    this.statusItems = [];
    this.settings = [];
    this.messages = [];
    this.executed = [];
    this.answerMessage = () => undefined;
    this.answerPick = () => undefined;
    this.answerDialog = async () => undefined;
  }
}

export const stage = new Stage();

export const l10n = {
  t: (message: string, ...values: readonly unknown[]): string =>
    message.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)])),
};

export const commands = {
  executeCommand: async (...call: readonly unknown[]): Promise<void> => {
    stage.executed.push(call);
  },
};

async function showMessage(text: string, ...rest: readonly unknown[]): Promise<string | undefined> {
  stage.messages.push(text);
  const buttons = rest.filter((one) => typeof one === "string");
  return stage.answerMessage(text, buttons);
}

export const env = { language: "en" };

export const window = {
  get activeTextEditor(): { readonly document: FakeDocument; readonly selection: unknown } | undefined {
    return stage.active && { document: stage.active, selection: stage.selection };
  },
  visibleTextEditors: [],
  showTextDocument: async (shown: unknown): Promise<void> => {
    stage.executed.push(["showTextDocument", shown]);
  },
  createWebviewPanel: (_: string, title: string): WebviewPanel => {
    const panel = new WebviewPanel(title);
    stage.panels.push(panel);
    return panel;
  },
  createStatusBarItem: (): StatusBarItem => {
    const item = new StatusBarItem();
    stage.statusItems.push(item);
    return item;
  },
  onDidChangeActiveTextEditor: stage.activated.event,
  createQuickPick: <Item>(): QuickPick<Item> => new QuickPick<Item>(),
  showQuickPick: async <Item extends { readonly label: string }>(
    items: readonly Item[],
  ): Promise<Item | undefined> => {
    const label = stage.answerPick(items.map((item) => item.label));
    return items.find((item) => item.label === label);
  },
  showInformationMessage: showMessage,
  showWarningMessage: showMessage,
  /** The simple dialog of a remote window is a quick input itself. */
  showOpenDialog: async (): Promise<readonly Uri[] | undefined> => {
    const left = new Promise<undefined>((resolve) => stage.takeQuickInput(() => resolve(undefined)));
    const chosen = await Promise.race([left, stage.answerDialog()]);
    stage.takeQuickInput(undefined);
    return chosen;
  },
};

export const workspace = {
  applyEdit: async ({ replaced }: WorkspaceEdit): Promise<boolean> => {
    stage.edits.push(...replaced);
    return true;
  },
  get textDocuments(): readonly FakeDocument[] {
    return stage.documents;
  },
  get workspaceFolders(): readonly { readonly uri: Uri; readonly name: string; readonly index: number }[] {
    return stage.folders.map((uri, index) => ({ uri, name: uri.path, index }));
  },
  getConfiguration: (section: string, scope?: ConfigurationScope | null) => ({
    get: (name: string): unknown => {
      const uri = scope instanceof Uri ? scope : scope?.uri;
      const language = scope instanceof Uri ? undefined : scope?.languageId;
      const fits = stage.settings.filter(
        (setting) =>
          setting.name === `${section}.${name}` &&
          (setting.languageId === undefined || setting.languageId === language) &&
          (setting.folder === undefined ||
            uri?.path.startsWith(`${setting.folder}/`) ||
            uri?.path === setting.folder),
      );
      const weight = ({ folder = "", languageId }: SetSetting) =>
        folder.length + (languageId === undefined ? 0 : 1_000);
      return fits.toSorted((a, b) => weight(a) - weight(b)).at(-1)?.value;
    },
  }),
  onDidChangeConfiguration: stage.configured.event,
  onDidChangeWorkspaceFolders: stage.foldersChanged.event,
  onDidOpenTextDocument: stage.opened.event,
  onDidCloseTextDocument: stage.closed.event,
  onDidChangeTextDocument: stage.changed.event,
  onDidRenameFiles: stage.renamed.event,
};
