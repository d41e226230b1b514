import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { Watch } from "../../trust/system-calls.ts";
import { launchBrowser } from "./browser.ts";
import type { ServedCode } from "./install.ts";
import { NetworkWatch } from "./network-watch.ts";
import { createScene, extensionsFolder, type Scene, type SceneOptions } from "./scene.ts";
import { type EditorServer, startServer, writeSettings } from "./vscode-server.ts";
import { Workbench } from "./workbench.ts";

export interface StageOptions extends SceneOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Sees every system call of the served editor and of what it starts. */
  readonly watch?: Watch;
  /** Where extensions are installed; absent: the folder with ours. */
  readonly extensions?: string;
  /** Which VS Code; absent: the newest. */
  readonly code?: ServedCode;
}

/** Absolute paths of all files below a folder; none where it is not there. */
function filesBelow(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
}

/** A scene, an editor that serves it, a browser, and a watch over the network. */
export class Stage {
  readonly scene: Scene;
  readonly server: EditorServer;
  readonly browser: Browser;
  readonly network: NetworkWatch;
  #settings: Readonly<Record<string, unknown>>;

  private constructor(
    scene: Scene,
    server: EditorServer,
    browser: Browser,
    network: NetworkWatch,
    settings: Readonly<Record<string, unknown>>,
  ) {
    this.#settings = settings;
    this.scene = scene;
    this.server = server;
    this.browser = browser;
    this.network = network;
  }

  static async set(options: StageOptions = {}): Promise<Stage> {
    const { settings = {}, watch, extensions = extensionsFolder } = options;
    const scene = createScene(options);
    mkdirSync(scene.dataFolder, { recursive: true });
    const network = new NetworkWatch(scene.dataFolder);
    const server = await startServer({
      dataFolder: scene.dataFolder,
      extensionsFolder: extensions,
      settings,
      ...(options.code === undefined ? {} : { code: options.code }),
      ...(watch === undefined ? {} : { wrapper: watch.prefixInBackground }),
      environment: { ...scene.environment, ...network.environment },
    });
    return new Stage(scene, server, await launchBrowser(), network, settings);
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
    await this.server.stop();
    this.scene.remove();
  }
}
