import { beforeEach, expect, test } from "vitest";
import type { LogOutputChannel } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ClientFactory, ServerLink } from "../../../src/editor/client/server-link.ts";
import { stage } from "../vscode/stage.ts";
import { EventEmitter } from "../vscode/values.ts";

/** As the library's: while it starts it cannot be stopped, and its server stays behind. */
class Client {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeState = this.#changed.event;
  #state: "initial" | "starting" | "running" | "stopped" = "initial";
  readonly asked: string[] = [];

  needsStop = () => this.#state === "starting" || this.#state === "running";
  isRunning = () => this.#state === "running";
  onNotification = () => undefined;

  async start(): Promise<void> {
    this.#become("starting");
  }

  come(): void {
    this.#become("running");
  }

  async sendRequest(method: string): Promise<string> {
    if (this.#state !== "running") {
      throw new Error("Client is not running.");
    }
    this.asked.push(method);
    return "answered";
  }

  async dispose(): Promise<void> {
    if (this.#state === "starting") {
      throw new Error("Client is not running and can't be stopped.");
    }
    this.#become("stopped");
  }

  #become(state: "starting" | "running" | "stopped"): void {
    this.#state = state;
    this.#changed.fire();
  }
}

const log = { warn: () => undefined, error: () => undefined } as unknown as LogOutputChannel;
const question = { method: "idiolect/figures" };
let clients: Client[];
let link: ServerLink;

const makeClient: ClientFactory = async () => {
  const client = new Client();
  clients.push(client);
  return client as unknown as LanguageClient;
};
const alive = () => clients.filter((client) => client.needsStop()).length;

beforeEach(() => {
  stage.clear();
  clients = [];
  link = new ServerLink(makeClient, log);
});

test("What is asked while the server starts is answered when it is there.", async () => {
  const answer = link.send(question, {});
  await expect.poll(alive).toBe(1);
  clients[0]?.come();
  expect(await answer).toBe("answered");
});

test("A restart while the server starts, asked for twice, leaves one server, which answers what was asked.", async () => {
  const answer = link.send(question, {});
  await expect.poll(alive).toBe(1);
  const restarts = [link.restart(), link.restart()];
  clients[0]?.come();
  await Promise.all(restarts);
  await expect.poll(() => clients[1]?.needsStop()).toBe(true);
  expect(clients.length).toBe(2);
  expect(alive()).toBe(1);
  clients[1]?.come();
  expect(await answer).toBe("answered");
  expect(clients.map(({ asked }) => asked.length)).toEqual([0, 1]);
});

test("Where the client's library does not load, who asks is told, and a restart tries again.", async () => {
  let isBroken = true;
  const broken = new ServerLink(async (hooks) => {
    if (isBroken) {
      throw new Error("Cannot find module");
    }
    return await makeClient(hooks);
  }, log);
  await expect(broken.send(question, {})).rejects.toThrow("Cannot find module");
  expect(broken.state.kind).toBe("gone");
  isBroken = false;
  await broken.restart();
  await expect.poll(alive).toBe(1);
  clients[0]?.come();
  expect(await broken.send(question, {})).toBe("answered");
});

test("What ends is ended, though it was only starting.", async () => {
  link.start();
  await expect.poll(alive).toBe(1);
  const ended = link.dispose();
  setImmediate(() => clients[0]?.come());
  await ended;
  expect(alive()).toBe(0);
});

test("A server that has ended too often may end as often again after the user has restarted it.", async () => {
  const mayRestart: (() => boolean)[] = [];
  const limited = new ServerLink(async (hooks) => {
    mayRestart.push(hooks.mayRestart);
    return await makeClient(hooks);
  }, log);
  const ends = (): number => {
    let count = 1;
    while (mayRestart.at(-1)?.() && count < 100) count += 1;
    return count;
  };
  limited.start();
  await expect.poll(alive).toBe(1);
  clients[0]?.come();
  const first = ends();
  expect(first).toBeLessThan(100);
  expect(limited.state.kind).toBe("gone");
  await limited.restart();
  await expect.poll(() => clients[1]?.needsStop()).toBe(true);
  clients[1]?.come();
  expect(ends()).toBe(first);
});
