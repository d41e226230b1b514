import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FollowedSettings } from "../../../src/editor/client/followed-settings.ts";
import type { ServerLink } from "../../../src/editor/client/server-link.ts";
import { pathSet } from "../../../src/editor/client/store-place.ts";
import type { EditorSettings } from "../../../src/protocol/settings.ts";
import { stage } from "../vscode/stage.ts";
import { type Disposable, Uri } from "../vscode/values.ts";

const sent: EditorSettings[] = [];
let restarts: number;
let followed: FollowedSettings;
let following: Disposable;

/** As the real one: whatever starts asks for the settings of the start. */
const server = {
  state: { kind: "running" },
  changeSettings: async (settings: EditorSettings) => void sent.push(settings),
  restart: async () => {
    restarts += 1;
    followed.initializationOptions();
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  stage.clear();
  sent.length = 0;
  restarts = 0;
  followed = new FollowedSettings();
  followed.initializationOptions();
  following = followed.follow(server as unknown as ServerLink) as unknown as Disposable;
});
afterEach(() => {
  following.dispose();
  followed.dispose();
  vi.useRealTimers();
});

function type(path: string): void {
  for (let end = 1; end <= path.length; end += 1) {
    stage.configure("idiolect.storePath", path.slice(0, end));
    vi.advanceTimersByTime(300);
  }
}

test("Each folder has its own settings, and the workspace those that hold elsewhere.", () => {
  stage.folders = [Uri.file("/blog"), Uri.file("/open")];
  stage.configure("idiolect.tone.hover", false, "/open");
  const { settings } = followed.initializationOptions();
  expect(settings.tone.hover).toBe("clear");
  expect(settings.folders).toMatchObject([
    { folder: "/blog", settings: { tone: { hover: "clear" } } },
    { folder: "/open", settings: { tone: { hover: "off" } } },
  ]);
  expect(sent.at(-1)?.folders).toEqual(settings.folders);
});

test("Languages that decide something otherwise are told of, for the workspace and for each folder.", () => {
  stage.folders = [Uri.file("/blog")];
  stage.configure("idiolect.tone.hover", "off", undefined, "plaintext");
  stage.configure("idiolect.tags.completion", false, "/blog", "org");
  const plaintext = { tone: { hover: "off" }, tags: { completion: true } };
  const org = { tone: { hover: "clear" }, tags: { completion: false } };
  const { languages, folders } = followed.initializationOptions().settings;
  expect(languages).toEqual({ plaintext });
  expect(folders).toMatchObject([{ folder: "/blog", languages: { plaintext, org } }]);
});

test("A path that is typed restarts the server once, when it stays.", () => {
  type("/kept/here");
  expect(restarts).toBe(0);
  vi.advanceTimersByTime(5_000);
  expect(restarts).toBe(1);
  expect(followed.initializationOptions().storePath).toBe("/kept/here");
});

test("What does not change the place restarts nothing.", () => {
  type("/kept/here");
  vi.advanceTimersByTime(5_000);
  stage.configure("idiolect.storePath", " /kept/here ");
  vi.advanceTimersByTime(5_000);
  expect(restarts).toBe(1);
});

test("A path from nowhere in particular is refused in words, once, and nothing restarts.", () => {
  type("notes/kept");
  vi.advanceTimersByTime(5_000);
  followed.initializationOptions();
  expect(restarts).toBe(0);
  expect(stage.messages).toEqual([
    expect.stringMatching(/idiolect\.storePath is ignored: 'notes\/kept' .* kept in .* Write a full path/),
  ]);
});

test("A path may begin with the home folder.", () => {
  expect(pathSet("~/kept")).toBe(join(homedir(), "kept"));
  expect(pathSet("~")).toBe(homedir());
  expect(pathSet("~other/kept")).toBeUndefined();
  expect(pathSet("")).toBeUndefined();
});
