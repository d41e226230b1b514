import type { CancellationToken, Connection } from "vscode-languageserver/node";
import type { Format } from "../corpus/formats/format.ts";
import type { LiveSource } from "../corpus/live/live-source.ts";
import type { ParsedSource } from "../corpus/parse-document.ts";
import type { SinceLearned } from "../protocol/learning-status.ts";
import type { ServerFigures } from "../protocol/requests.ts";
import type { ServerSettings, SettingName } from "../protocol/settings.ts";
import type { Places } from "../session/places.ts";
import type { ReadingSession } from "../session/session.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import type { Breathe } from "./turns/turns.ts";
import type { Priority, Urgency } from "./turns/urgency.ts";

/** What each feature of the server gets. A feature registers its handlers on the connection and holds no other. */
export interface ServerContext {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly host: ReadingHost;
  /** Runs a task that takes turns with all others, and needs neither model nor store. */
  readonly work: <T>(
    urgency: Priority | Urgency,
    token: CancellationToken,
    task: (breathe: Breathe) => Promise<T>,
  ) => Promise<T>;
  /** Those of the folder in which a path lies; without a path the workspace's. */
  readonly settings: (path?: string, languageId?: string) => ServerSettings;
  /** Whether the editor has said a setting there; else what is kept from another program, or from before, holds. */
  readonly isSaid: (name: SettingName, path?: string) => boolean;
  /** Folders of the workspace that settings leave out of learning. */
  readonly leftOutFolders: () => readonly string[];
  /** Is told after the settings changed. */
  readonly onSettingsChanged: (listener: (settings: ServerSettings) => void) => void;
  /** What the editor's side can do; known from `initialize` on. */
  readonly client: () => ClientAbilities;
  /** Where things lie; absolute paths, known from `initialize` on. */
  readonly places: () => Places;
  /** What is new in the writers' folders. */
  readonly news: FolderNews;
  /** Absolute paths of the folders that the editor has open. */
  readonly folders: () => readonly string[];
  /** Tells the editor that readings may differ now, and drops what was read as the former profile. */
  readonly readingsChanged: () => void;
  /** Is told when readings may differ, so that caches can be dropped. */
  readonly onReadingsChanged: (listener: () => void) => void;
  readonly figures: () => ServerFigures;
  /** Adds to what `figures` answers; asked at each request. */
  readonly addFigures: (source: () => Partial<ServerFigures>) => void;
  /** Is awaited before the server ends; not called where the process is killed. */
  readonly onShutdown: (listener: () => Promise<void> | void) => void;
}

/** What has come, changed, moved or gone in the writers' folders since they were read to be learned. */
export interface FolderNews {
  /** Undefined before the first look. */
  since(writer: string): SinceLearned | undefined;
  /** Where a learned document lies now; undefined where its file is gone. */
  placeOf(path: string): string | undefined;
  /** Is told when something else is new than before. */
  onChanged(listener: () => void): void;
  /** Is told after each look. */
  onLooked(listener: () => void): void;
  /** Looks when files have come to rest. */
  lookSoon(): void;
}

/** An open document at one version; a change makes a new one. */
export interface OpenDocument {
  readonly uri: string;
  /** Absolute, with forward slashes; for a document that is no file the path of its URI. */
  readonly path: string;
  /** The language that the editor has it in. */
  readonly languageId: string;
  readonly version: number;
  /** By its path and the language that the editor has it in. */
  readonly format: Format;
  /** Decoded as the editor has it; offsets in `parsed` count in it. */
  readonly source: string;
  /** Taken apart in steps, of which long documents need many: see `readAround` and `readWhole`. */
  readonly live: LiveSource;
  /** Taken apart whole; what was not read before is read at one go. */
  readonly parsed: ParsedSource;
  /** Who wrote it, as its front matter says. */
  readonly authors: readonly string[];
  offsetAt(position: { readonly line: number; readonly character: number }): number;
  positionAt(offset: number): { line: number; character: number };
}

export interface OpenDocuments {
  /** Undefined where the editor has not opened it, or has closed it. */
  get(uri: string): OpenDocument | undefined;
  /** The open document of a path. */
  at(path: string): OpenDocument | undefined;
  /** Is told after a document was opened or changed, with its URI. */
  onChange(listener: (uri: string) => void): void;
  /** Is told after a document was written to the disk. */
  onSave(listener: () => void): void;
  onClose(listener: (uri: string) => void): void;
}

/** Model and store, opened on first use; both are given back after ten idle minutes. */
export interface ReadingHost {
  /** Runs a task that reads with the model. */
  read<T>(
    urgency: Priority | Urgency,
    token: CancellationToken,
    task: (session: ReadingSession, breathe: Breathe) => Promise<T>,
  ): Promise<T>;
  /** Is told whenever somebody asks for a reading; work in the background is not asked for. */
  onAsked(listener: () => void): void;
  /** The store alone. Opened anew where its file was erased or replaced meanwhile; do not keep it over an await. */
  store(): Store;
  /** The store where there is one: who only looks must not make one. */
  storeIfAny(): Store | undefined;
  /** The same for what nobody asked for, and who could be told: undefined also where it cannot be opened. */
  openableStore(): Store | undefined;
  /**
   * The writer of a document: who its front matter says wrote it, else the one who was learned from it, else the one
   * in whose folders it lies (the innermost), else the only one there is.
   */
  writerOf(path: string): Writer | undefined;
  /** Gives model and store back; the next use opens them again. What reads meanwhile fails, and is asked again. */
  release(): Promise<void>;
}
