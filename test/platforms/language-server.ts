import { spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Taught } from "../../src/protocol/lessons.ts";
import { requests } from "../../src/protocol/requests.ts";

/** How a language server is started, and for which folder. */
export interface ServerStart {
  /** The program and its words, standard input and output as the channel. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The address of the folder that is open in the editor, as the server's system writes it. */
  readonly folderUri: string;
}

/** The language server as a program of its own, as another editor starts it. */
export class LanguageServer {
  readonly client: ProtocolConnection;
  readonly #stop: () => Promise<void>;

  private constructor(client: ProtocolConnection, stop: () => Promise<void>) {
    this.client = client;
    this.#stop = stop;
  }

  static async start({ command, cwd, env, folderUri }: ServerStart): Promise<LanguageServer> {
    const [program = "", ...words] = command;
    const child = spawn(program, words, { env, cwd, stdio: ["pipe", "pipe", "inherit"] });
    const client = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    client.listen();
    await client.sendRequest("initialize", {
      // Under Wine numbers of processes are Wine's own; a server whose editor seems to be gone would end.
      processId: null,
      rootUri: folderUri,
      capabilities: {},
      workspaceFolders: [{ uri: folderUri, name: "blog" }],
      initializationOptions: { hearsNotifications: true },
    });
    await client.sendNotification("initialized", {});
    return new LanguageServer(client, async () => {
      const ended = once(child, "exit");
      client.dispose();
      child.stdin.end();
      await ended;
    });
  }

  /** The words of the hover over the sixth character of a document with this text. */
  async hover(uri: string, text: string): Promise<string> {
    const textDocument = { uri };
    await this.client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "markdown", version: 1, text },
    });
    const position = { line: 0, character: 5 };
    const hover = await this.client.sendRequest<{ contents: { value: string } } | null>(
      "textDocument/hover",
      { textDocument, position },
    );
    await this.client.sendNotification("textDocument/didClose", { textDocument });
    return hover?.contents.value ?? "";
  }

  /** Teaches that the first sentence of a document with this text is meant badly. */
  async teach(uri: string, text: string): Promise<Taught> {
    const textDocument = { uri, languageId: "markdown", version: 1, text };
    await this.client.sendNotification("textDocument/didOpen", { textDocument });
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: text.indexOf(".") + 1 } };
    const lesson = { kind: "tone", uri, range, valence: -1 };
    const taught = await this.client.sendRequest<Taught>(requests.teach.method, lesson);
    await this.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
    return taught;
  }

  async close(): Promise<void> {
    await this.#stop();
  }
}

/** The address of a path of this system. */
export const uriOf = (path: string): string => pathToFileURL(path).href;
