import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { Watch } from "../../trust/system-calls.ts";
import { launchBrowser } from "./browser.ts";
import type { ServedCode } from "./install.ts";
import { NetworkWatch } from "./network-watch.ts";
import { createScene, extensionsFolder, type Scene, type SceneOptions } from "./scene.ts";
import { type EditorServer, type ServerOptions, startServer, writeSettings } from "./vscode-server.ts";
import { Workbench } from "./workbench.ts";

export interface StageOptions extends SceneOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Sees every system call of the served editor and of what it starts. */
  readonly watch?: Watch;
  /** Where extensions are installed; absent: the folder with ours. */
  readonly extensions?: string;
  /** Which VS Code; absent: the newest. */
  readonly code?: ServedCode;
  /** Words before the program of the served editor, such as a command that makes a folder read-only for it. */
  readonly wrapper?: readonly string[];
  /** In addition to what the scene says, and before it. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Absolute paths of all files below a folder; none where it is not there. */
export function filesBelow(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
}

/** A scene, an editor that serves it, a browser, and a watch over the network. */
export class Stage {
  readonly scene: Scene;
  readonly browser: Browser;
  readonly network: NetworkWatch;
  readonly #options: ServerOptions;
  #server: EditorServer;
  #settings: Readonly<Record<string, unknown>>;

  private constructor(
    scene: Scene,
    options: ServerOptions,
    server: EditorServer,
    browser: Browser,
    network: NetworkWatch,
  ) {
    this.#options = options;
    this.#settings = options.settings ?? {};
    this.scene = scene;
    this.#server = server;
    this.browser = browser;
    this.network = network;
  }

  static async set(options: StageOptions = {}): Promise<Stage> {
    const { settings = {}, watch, extensions = extensionsFolder } = options;
    const scene = createScene(options);
    mkdirSync(scene.dataFolder, { recursive: true });
    const network = new NetworkWatch(scene.dataFolder);
    const wrapper = options.wrapper ?? watch?.prefixInBackground;
    const started: ServerOptions = {
      dataFolder: scene.dataFolder,
      extensionsFolder: extensions,
      settings,
      ...(options.code === undefined ? {} : { code: options.code }),
      ...(wrapper === undefined ? {} : { wrapper }),
      environment: { ...scene.environment, ...network.environment, ...options.environment },
    };
    return new Stage(scene, started, await startServer(started), await launchBrowser(), network);
  }

  get server(): EditorServer {
    return this.#server;
  }

  /** Ends the served editor and starts it with the same data, settings and documents, and with other folders of its own. */
  async startAgain(environment: Readonly<Record<string, string>>): Promise<void> {
    await this.#server.stop();
    const { environment: former, ...others } = this.#options;
    this.#server = await startServer({
      ...others,
      settings: this.#settings,
      environment: { ...former, ...environment },
    });
  }

  /** A window of its own with a post of the workspace, the draft without another word. */
  async open(post = "draft.md", language?: string): Promise<Workbench> {
    return await Workbench.open(this.browser, this.server, {
      ...(language === undefined ? {} : { language }),
      folder: this.scene.workspace,
      file: join(this.scene.workspace, post),
    });
  }

  /** From now on these settings hold, in addition to those of the start. */
  changeSettings(settings: Readonly<Record<string, unknown>>): void {
    this.#settings = { ...this.#settings, ...settings };
    writeSettings(this.scene.dataFolder, this.#settings);
  }

  /** A setting of the machine as the editor has written it. */
  setting(name: string): unknown {
    return JSON.parse(readFileSync(join(this.scene.dataFolder, "Machine", "settings.json"), "utf8"))[name];
  }

  /** What the extension logged, in all windows. */
  extensionLog(): string {
    return filesBelow(join(this.scene.dataFolder, "logs"))
      .filter((file) => file.includes("idiolect.idiolect"))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
  }

  /** Paths of the files of the store that hold a text. */
  storeHolds(text: string): readonly string[] {
    const files = filesBelow(this.scene.store);
    return files.filter((file) => readFileSync(file).includes(text));
  }

  async strike(): Promise<void> {
    await this.browser.close();
    await this.#server.stop();
    this.scene.remove();
  }
}
