import * as vscode from "vscode";
import type { EditorSettings, InitializationOptions, SettingsByLanguage } from "../../protocol/settings.ts";
import { type SettingName, serverSettings, settings, settingsSection } from "../../protocol/settings.ts";
import { t } from "../messages/t.ts";
import { tellWarning } from "../messages/tell.ts";
import { proseLanguages } from "./prose.ts";
import type { ServerLink } from "./server-link.ts";
import { settingsOf, settingsOfStart, touches } from "./settings.ts";
import { pathSet, shortPath, storePlace } from "./store-place.ts";

/** A path is typed letter by letter, and each letter is a change: only one that stays is meant. */
const quietMs = 2_000;

type StartSetting = "storePath" | "modelPath";

/** Gives the server the settings: its paths at the start, the rest whenever they change, each folder's own. */
export class FollowedSettings implements vscode.Disposable {
  /** Paths that the server was started with. */
  #started: string | undefined;
  #waiting: NodeJS.Timeout | undefined;
  /** What was told of already. */
  readonly #told = new Set<string>();

  /** For a server that starts. Paths that cannot be used are told of, and are as if they were not set. */
  readonly initializationOptions = (): InitializationOptions => {
    this.#tellOfRelative("storePath");
    this.#tellOfRelative("modelPath");
    this.#started = placesSet();
    const modelPath = pathSet(written("modelPath"));
    return {
      storePath: storePlace(written("storePath")),
      ...(modelPath === undefined ? {} : { modelPath }),
      settings: settingsNow(),
      ...(vscode.l10n.bundle === undefined
        ? {}
        : { language: { locale: t.locale, sentences: vscode.l10n.bundle } }),
      runsCommands: true,
      hearsNotifications: true,
    };
  };

  /** From now on a server that runs is told new settings, and started anew with new paths. */
  follow(server: ServerLink): vscode.Disposable {
    const send = () => server.changeSettings(settingsNow());
    return vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration(async (change) => {
        if (touches(change, settingsOfStart)) {
          this.#restartSoon(server);
        }
        if (touches(change, Object.keys(settings) as SettingName[])) {
          await send();
        }
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(send),
    );
  }

  dispose(): void {
    clearTimeout(this.#waiting);
  }

  #restartSoon(server: ServerLink): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(async () => {
      if (server.state.kind === "off") {
        return;
      }
      if (placesSet() === this.#started) {
        this.#tellOfRelative("storePath");
        this.#tellOfRelative("modelPath");
      } else {
        await server.restart();
      }
    }, quietMs);
  }

  #tellOfRelative(name: StartSetting): void {
    const value = written(name);
    if (value.trim() === "" || pathSet(value) !== undefined || this.#told.has(value)) {
      return;
    }
    this.#told.add(value);
    const instead =
      name === "storePath"
        ? vscode.l10n.t("What is learned is kept in {0}.", shortPath(storePlace(value)))
        : vscode.l10n.t("The model that comes with Idiolect is used.");
    void tellWarning(
      vscode.l10n.t(
        "The setting {0} is ignored: '{1}' is not a full path. {2}",
        `${settingsSection}.${name}`,
        value,
        instead,
      ),
      vscode.l10n.t("Write a full path, or one that begins with ~/."),
    );
  }
}

const written = (name: StartSetting): string => settingsOf(undefined).value(name);

const placesSet = (): string =>
  JSON.stringify([pathSet(written("storePath")), pathSet(written("modelPath"))]);

/** Those of the workspace, and of each of its folders. */
function settingsNow(): EditorSettings {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return {
    ...serverSettings(settingsOf(undefined).read),
    languages: languagesIn(undefined),
    folders: folders.map(({ uri }) => ({
      folder: uri.fsPath,
      settings: serverSettings(settingsOf(uri).read),
      languages: languagesIn(uri),
    })),
  };
}

/** What languages decide otherwise than the folder, or the workspace. */
function languagesIn(uri: vscode.Uri | undefined): SettingsByLanguage {
  const common = settingsOf(uri);
  const others = proseLanguages.flatMap((languageId) => {
    const own = settingsOf(uri === undefined ? { languageId } : { uri, languageId });
    const [hover, completion] = [own.value("tone.hover"), own.value("tags.completion")];
    const isSame = hover === common.value("tone.hover") && completion === common.value("tags.completion");
    return isSame ? [] : [[languageId, { tone: { hover }, tags: { completion } }] as const];
  });
  return Object.fromEntries(others);
}
