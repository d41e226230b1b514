import type { StatusBarItem, WebviewPanel } from "./panels.ts";
import type { QuickPick } from "./quick-pick.ts";
import { EventEmitter, Range, Uri, type WorkspaceEdit } from "./values.ts";

export interface FakeDocument {
  readonly uri: Uri;
  readonly languageId: string;
  readonly isClosed: boolean;
  readonly version: number;
}

/** A document that is open, in Markdown. */
export function openDocument(path: string): { -readonly [Key in keyof FakeDocument]: FakeDocument[Key] } {
  return { uri: Uri.file(path), languageId: "markdown", isClosed: false, version: 1 };
}

export interface SetSetting {
  readonly name: string;
  readonly value: unknown;
  readonly folder?: string;
  readonly languageId?: string;
}

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
