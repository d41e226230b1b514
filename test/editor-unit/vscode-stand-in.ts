/*
 * The part of the `vscode` module that the tested files use, where there is no editor: `vitest.config.ts`
 * puts it in the module's place. It shows nothing; what would be shown is kept in `stage` and a test acts on it.
 */
import { StatusBarItem, WebviewPanel } from "./vscode/panels.ts";
import { QuickPick } from "./vscode/quick-pick.ts";
import { type FakeDocument, type SetSetting, stage } from "./vscode/stage.ts";
import { Uri, type WorkspaceEdit } from "./vscode/values.ts";

// biome-ignore lint/performance/noBarrelFile: it stands in the place of one module.
export {
  CancellationTokenSource,
  Disposable,
  EventEmitter,
  QuickPickItemKind,
  Range,
  StatusBarAlignment,
  ThemeIcon,
  Uri,
  ViewColumn,
  WorkspaceEdit,
} from "./vscode/values.ts";

type ConfigurationScope = Uri | { readonly uri?: Uri; readonly languageId?: string };

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
